package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.inventory.Inventory;
import dev.paddock.core.inventory.NativeInventory;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.load.YamlReader;
import dev.paddock.core.source.DiagnosticSink;
import dev.paddock.core.source.SourceFiles;
import dev.paddock.core.source.TrustedFiles;
import dev.paddock.core.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The sources of an inventory: one file in Paddock's form, or files, folders and lists of hosts as Ansible has them. */
public final class InventorySources {
    private static final Pattern IGNORED = Pattern.compile("^\\.|^host_vars$|^group_vars$|^vars_plugins$"
            + "|(?:\\.pyc|\\.pyo|\\.swp|\\.bak|~|\\.rpm|\\.md|\\.txt|\\.rst|\\.orig|\\.cfg|\\.retry)$");
    private static final Set<String> YAML = Set.of(".yml", ".yaml", ".json");

    /** The first line of a file in INI: a section, or a host with variables. */
    private static final Pattern INI = Pattern.compile("\\[.*|(?!---|\\{)[^:]+"
            + "|(?:[^\\s:\\[{]|\\[[^\\]]*])+(?::[0-9]+)?(?:\\s+(?:[^\\s:=]+=|#).*)?"
            + "|[0-9a-fA-F]*(?::[0-9a-fA-F]*){2,}(?:\\s+[^\\s:=]+=.*)?");

    private final DiagnosticSink diagnostics;
    private final AnsibleFiles files;
    private final VariableFiles variableFiles;
    private final AnsibleHosts hosts;
    private boolean complete = true;

    private InventorySources(SourceFiles texts, DiagnosticSink diagnostics, Vault vault) {
        this.diagnostics = diagnostics;
        this.files = new AnsibleFiles(texts, diagnostics, vault);
        this.variableFiles = new VariableFiles(files);
        this.hosts = new AnsibleHosts(diagnostics);
    }

    /** Return the inventory of these sources. What cannot be read is reported. */
    public static Inventory read(List<String> sources, SourceFiles texts, DiagnosticSink diagnostics, Vault vault) {
        if (sources.isEmpty()) {
            return NativeInventory.localOnly(diagnostics);
        }
        var reader = new InventorySources(texts, diagnostics, vault);
        return sources.size() == 1 && !isList(sources.getFirst())
                ? reader.single(Path.of(sources.getFirst()))
                : reader.all(sources);
    }

    /** Allow the sources that the user names, with what belongs to them. */
    public static void trust(List<String> sources, TrustedFiles trusted) {
        for (var source : sources) {
            var path = Path.of(source);
            if (Files.isDirectory(path)) {
                trusted.folder(path);
            } else if (!isList(source)) {
                trusted.file(path)
                        .folder(path.resolveSibling(AnsibleInventory.GROUP_VARS))
                        .folder(path.resolveSibling(AnsibleInventory.HOST_VARS));
            }
        }
    }

    private static boolean isList(String source) {
        return source.contains(",") && !Files.exists(Path.of(source));
    }

    private Inventory single(Path file) {
        if (Files.isDirectory(file)) {
            return all(List.of(file.toString()));
        }
        var content = files.read(file);
        if (content.isEmpty()) {
            return NativeInventory.unreadable(diagnostics);
        }
        if (!content.get().secret() && isYaml(content.get())) {
            var own = YamlReader.parse(content.get().text(), file.toString(), error -> {});
            if (own.isPresent() && isNative(own.get())) {
                return YamlReader.parse(content.get().text(), file.toString(), diagnostics::add)
                        .<Inventory>map(root -> NativeInventory.of(root, diagnostics))
                        .orElseGet(() -> NativeInventory.unreadable(diagnostics));
            }
        }
        return all(List.of(file.toString()));
    }

    private static boolean isNative(YamlNode root) {
        return root instanceof YamlNode.Mapping mapping
                && mapping.entries().keySet().stream().anyMatch(NativeInventory.KEYS::contains);
    }

    private Inventory all(List<String> sources) {
        List<Path> folders = new ArrayList<>();
        for (var source : sources) {
            if (isList(source)) {
                readList(source);
                continue;
            }
            var path = Path.of(source);
            readSource(path);
            var folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
            if (folder != null) {
                folders.add(folder);
            }
        }
        hosts.complete();
        return new AnsibleInventory(hosts, folders, variableFiles, diagnostics, complete);
    }

    private void readList(String source) {
        var place = SourceLocation.startOf("<command line>");
        for (var name : source.split(",", -1)) {
            if (!name.isBlank()) {
                try {
                    hosts.add(
                            HostNames.parse(name.strip()), hosts.group(AnsibleHosts.UNGROUPED, place), Map.of(), place);
                } catch (HostNames.BadNameException bad) {
                    diagnostics.add(Diagnostic.error(
                            Code.BAD_OPTION,
                            "The list of hosts has " + diagnostics.quote(name) + ", which names none: "
                                    + bad.getMessage() + ".",
                            "Write names with commas between them, for example -i h1,h2."));
                }
            }
        }
    }

    private void readSource(Path path) {
        if (!Files.isDirectory(path)) {
            readFile(path);
            return;
        }
        for (var entry : variableFiles.listed(path)) {
            if (!IGNORED.matcher(String.valueOf(entry.getFileName())).find()) {
                readSource(entry);
            }
        }
    }

    private void readFile(Path file) {
        var content = files.read(file);
        if (content.isEmpty()) {
            complete = false;
            return;
        }
        var text = content.get();
        if (text.text().startsWith("#!")) {
            unsupported(text, "is a program that prints an inventory, which Paddock does not run");
        } else if (VariableFiles.suffix(String.valueOf(file.getFileName())).equals(".toml")) {
            unsupported(text, "is in TOML, which Paddock does not read");
        } else if (!isYaml(text)) {
            new IniInventory(hosts, text, files.sink(text)).read();
        } else {
            readYaml(text);
        }
    }

    /** Ansible tries one reader after another; which one is meant is clear from the name, or from the first line. */
    private static boolean isYaml(AnsibleFiles.Content content) {
        var suffix = VariableFiles.suffix(String.valueOf(content.file().getFileName()));
        if (!suffix.isEmpty() && !YAML.contains(suffix)) {
            return false;
        }
        var first = content.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';')
                .findFirst();
        return first.isEmpty() || !INI.matcher(first.get()).matches();
    }

    private void readYaml(AnsibleFiles.Content content) {
        switch (files.yaml(content).orElseGet(() -> new YamlNode.Failed(content.start()))) {
            case YamlNode.Mapping root -> {
                if (root.get("plugin").filter(YamlNode.Scalar.class::isInstance).isPresent()) {
                    unsupported(content, "configures a plugin of Ansible, which Paddock does not run");
                } else {
                    new YamlInventory(hosts, files.sink(content)).read(root);
                }
            }
            case YamlNode.Failed failed -> complete = false;
            case YamlNode.Scalar scalar -> noInventory(content, scalar);
            case YamlNode.Sequence sequence -> noInventory(content, sequence);
        }
    }

    private void noInventory(AnsibleFiles.Content content, YamlNode node) {
        complete = false;
        files.sink(content)
                .accept(Diagnostic.error(
                        Code.WRONG_SHAPE,
                        node.place(),
                        "An inventory is a mapping, but here is " + node.shape() + ".",
                        "Write a mapping with hosts, groups, or groups of Ansible such as all."));
    }

    private void unsupported(AnsibleFiles.Content content, String what) {
        complete = false;
        diagnostics.error(
                Code.INVENTORY_UNSUPPORTED,
                content.start(),
                "The inventory " + content.file() + " " + what + ".",
                "Write what it gives into a file, and use that: ansible-inventory -i " + content.file()
                        + " --list --export --yaml --output hosts.yaml.");
    }
}
