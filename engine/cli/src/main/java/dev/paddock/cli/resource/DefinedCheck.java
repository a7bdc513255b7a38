package dev.paddock.cli.resource;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.validate.HostSchemas;
import dev.paddock.host.validate.SchemaVerdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks definitions of a host against its own schemas. */
final class DefinedCheck {
    private final HostReader reader;
    private @Nullable HostSchemas schemas;

    DefinedCheck(HostReader reader) {
        this.reader = reader;
    }

    /** Return whether nothing is known against a definition. */
    boolean accepts(Kind kind, Element document) {
        return kind.libvirtSchema()
                .flatMap(schema -> problems(schema, document))
                .filter(problems -> problems)
                .isEmpty();
    }

    private Optional<Boolean> problems(String schema, Element document) {
        var known = schemas;
        if (known == null) {
            var info = reader.info();
            known = HostSchemas.of(info.uri(), info.version());
            schemas = known;
        }
        return switch (known.check(schema, XmlWriter.write(document))) {
            case SchemaVerdict.Checked(var problems) -> Optional.of(!problems.isEmpty());
            case SchemaVerdict.NotChecked unchecked -> Optional.empty();
        };
    }
}
