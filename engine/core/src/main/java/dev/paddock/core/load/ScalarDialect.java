package dev.paddock.core.load;

import dev.paddock.api.diagnostic.SourceLocation;
import java.util.Optional;

/** The types of scalars: what their tags and texts mean. */
public interface ScalarDialect {
    /** YAML 1.2's core schema, with the tags {@code !secret}, {@code !vault} and {@code !raw}. */
    ScalarDialect CORE = ScalarDialect::core;

    /**
     * A scalar as the parser reads it.
     *
     * @param plain whether it is without quotes
     */
    record Token(Optional<String> tag, String text, boolean plain, SourceLocation place, ScalarLayout layout) {
        /** Return the scalar of another type. */
        public YamlNode.Scalar as(boolean ofPlainType, boolean secret) {
            return new YamlNode.Scalar(place, text, ofPlainType, secret, layout);
        }
    }

    /** Return the scalar; empty if its tag is unknown. */
    Optional<YamlNode.Scalar> scalar(Token token);

    private static Optional<YamlNode.Scalar> core(Token token) {
        if (token.tag().isEmpty()) {
            return Optional.of(token.as(token.plain(), false));
        }
        return switch (token.tag().get()) {
            case "!secret" -> Optional.of(token.as(token.plain(), true));
            case "!raw" ->
                Optional.of(new YamlNode.Scalar(token.place(), token.text(), false, false, true, token.layout()));
            case "!vault", "!vault-encrypted" -> Optional.of(token.as(false, true));
            case "!", YamlNodeReader.STANDARD + "str" -> Optional.of(token.as(false, false));
            case YamlNodeReader.STANDARD + "int",
                    YamlNodeReader.STANDARD + "float",
                    YamlNodeReader.STANDARD + "bool",
                    YamlNodeReader.STANDARD + "null" -> Optional.of(token.as(true, false));
            default -> Optional.empty();
        };
    }
}
