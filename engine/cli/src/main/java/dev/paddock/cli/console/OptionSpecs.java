package dev.paddock.cli.console;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Creates the parts of command lines. */
public final class OptionSpecs {
    private OptionSpecs() {}

    /** Return a command, or a part of one, without options and parameters. */
    public static CommandSpec described(String text) {
        var spec = CommandSpec.create();
        spec.usageMessage().description(text);
        return spec;
    }

    /** Return an option without a value. */
    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    /** Return an option with a value. */
    public static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** Return a repeatable option with a value. */
    public static OptionSpec values(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /**
     * Return a positional parameter.
     *
     * @param arity {@code 1}, or {@code 0..1} if it is optional
     */
    public static PositionalParamSpec parameter(String label, int index, String arity, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(String.class)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .index(Integer.toString(index))
                .description(description)
                .build();
    }

    /**
     * Return a repeatable positional parameter.
     *
     * @param arity {@code 1..*}, or {@code 0..*} if it is optional
     */
    public static PositionalParamSpec parameters(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .description(description)
                .build();
    }
}
