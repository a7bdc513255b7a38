package dev.paddock.core.check;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.source.DiagnosticSink;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes files and texts that are meant for Ansible, Terraform, virsh or Vagrant, and points to the migration. */
public final class OtherLanguage {
    private static final String PAGE = "docs/migrating.md tells more.";
    private static final Set<String> OF_ANSIBLE = Set.of(
            "tasks",
            "pre_tasks",
            "post_tasks",
            "handlers",
            "roles",
            "become",
            "become_user",
            "gather_facts",
            "remote_user",
            "connection",
            "collections",
            "import_playbook");

    /** A variable of Jinja, possibly with filters. A template of Go or of GitHub Actions looks otherwise. */
    private static final Pattern JINJA = Pattern.compile("(?<!\\$)\\{\\{-?\\s*[a-z_][\\w.\\[\\]']*\\s*(\\|[^}]*)?-?}}");

    /** Keys whose values are for other programs, which may well use Jinja. */
    private static final Set<String> FOR_OTHERS =
            Set.of("cloud_init", "xml", "metadata", "description", "title", "values", "ready");

    private final DiagnosticSink diagnostics;

    public OtherLanguage(DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Return the error for a file that is no playbook by its name. */
    public static Optional<Diagnostic> file(Path playbook) {
        var name = String.valueOf(playbook.getFileName());
        var what = name.endsWith(".tf") || name.endsWith(".tf.json") || name.endsWith(".tfvars")
                ? "a configuration of Terraform"
                : name.endsWith(".xml")
                        ? "a document of libvirt's"
                        : name.equals("Vagrantfile") ? "a file of Vagrant" : "";
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                        Code.OTHER_LANGUAGE,
                        SourceLocation.startOf(playbook.toString()),
                        "This is " + what + " and not a playbook, by its name.",
                        name.endsWith(".xml")
                                ? "Write a playbook that names it, as networks: [{xml: {file: " + name + "}}]. " + PAGE
                                : PAGE));
    }

    /** Report a play of Ansible's, and return whether it is one. */
    public boolean isAnsible(YamlNode.Mapping play) {
        var key = play.entries().entrySet().stream()
                .filter(entry -> OF_ANSIBLE.contains(entry.getKey()))
                .findFirst();
        key.ifPresent(entry -> diagnostics.error(
                Code.OTHER_LANGUAGE,
                entry.getValue().keyPlace(),
                "This is a play of Ansible's: it has '" + entry.getKey()
                        + "'. Paddock declares what there is, and runs no tasks.",
                PAGE));
        return key.isPresent();
    }

    /** Warn of a variable in Ansible's notation, which stays text. */
    public void warn(YamlNode.Mapping resource) {
        resource.entries().forEach((key, entry) -> {
            if (!FOR_OTHERS.contains(key)) {
                warn(entry.value());
            }
        });
    }

    private void warn(YamlNode node) {
        switch (node) {
            case YamlNode.Scalar scalar -> {
                var found = JINJA.matcher(scalar.text());
                if (found.find()) {
                    diagnostics.add(Diagnostic.warning(
                            Code.OTHER_LANGUAGE,
                            scalar.place(),
                            diagnostics.quote(found.group()) + " is a variable in Ansible, and stays text here.",
                            "Write ${...} in place of {{ ... }}. " + PAGE));
                }
            }
            case YamlNode.Mapping mapping -> mapping.entries().values().forEach(entry -> warn(entry.value()));
            case YamlNode.Sequence sequence -> sequence.items().forEach(this::warn);
            case YamlNode.Failed failed -> {}
        }
    }
}
