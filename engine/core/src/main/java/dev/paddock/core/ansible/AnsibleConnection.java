package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.expression.Literal;
import dev.paddock.core.expression.Variables;
import dev.paddock.core.inventory.Inventory;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The libvirt URI of a host by Ansible's variables of its connection. */
final class AnsibleConnection {
    /** The variable that replaces all of it. */
    static final String URI = "libvirt_uri";

    private static final Set<String> SSH = Set.of("ssh", "smart", "paramiko", "paramiko_ssh", "");

    private final Variables variables;
    private final DiagnosticSink diagnostics;

    AnsibleConnection(Variables variables, DiagnosticSink diagnostics) {
        this.variables = variables;
        this.diagnostics = diagnostics;
    }

    /** Return the URI, in the form of a value that may hold expressions. */
    YamlNode uri(String host, SourceLocation place) {
        var own = variables.get(URI);
        if (own instanceof YamlNode.Failed) {
            return own;
        }
        if (own instanceof YamlNode.Scalar scalar && !scalar.absent()) {
            return YamlNode.Scalar.of(scalar.place(), Literal.of(scalar.text()));
        }
        var connection = text("ansible_connection");
        if (connection.filter("local"::equals).isPresent()) {
            return YamlNode.Scalar.of(place, Inventory.LOCAL_URI);
        }
        if (!SSH.contains(connection.orElse(""))) {
            diagnostics.error(
                    Code.INVENTORY_UNSUPPORTED,
                    place,
                    "The host '" + host + "' has ansible_connection=" + connection.orElse("")
                            + ", which leads to no libvirt.",
                    "Set the variable " + URI + " of the host, for example to qemu+ssh://root@" + host + "/system.");
            return new YamlNode.Failed(place);
        }
        var name = text("ansible_ssh_host").or(() -> text("ansible_host")).orElse(host);
        var user = text("ansible_ssh_user").or(() -> text("ansible_user"));
        var port = text("ansible_ssh_port").or(() -> text("ansible_port"));
        var key = text("ansible_ssh_private_key_file").or(() -> text("ansible_private_key_file"));
        return YamlNode.Scalar.of(
                place,
                Literal.of("qemu+ssh://" + user.map(text -> encoded(text) + "@").orElse("")
                        + (name.contains(":") ? "[" + name + "]" : name)
                        + port.map(number -> ":" + number).orElse("") + "/system"
                        + key.map(file -> "?keyfile=" + encoded(file)).orElse("")));
    }

    private Optional<String> text(String name) {
        return variables.get(name) instanceof YamlNode.Scalar scalar
                        && !scalar.absent()
                        && !scalar.text().isEmpty()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
