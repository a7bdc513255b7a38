package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files in the folders {@code group_vars} and {@code host_vars}. Each is read once. */
final class VariableFiles {
    private static final List<String> SUFFIXES = List.of("", ".yml", ".yaml", ".json");

    /**
     * The variables of a file.
     *
     * @param complete false if it could not be read, which has been reported
     */
    record Contents(Map<String, YamlNode.Entry> variables, boolean complete) {}

    private final AnsibleFiles files;
    private final Map<Path, Contents> read = new HashMap<>();
    private final Map<Path, List<Path>> found = new HashMap<>();

    VariableFiles(AnsibleFiles files) {
        this.files = files;
    }

    /** Return the variables of a host or group in a folder, the files that win last. */
    List<Contents> of(Path folder, String name) {
        // Such a host is the path of a change root.
        if (name.startsWith("/")) {
            return List.of();
        }
        return found.computeIfAbsent(folder.resolve(name), path -> files(folder, name)).stream()
                .map(file -> read.computeIfAbsent(file, this::read))
                .toList();
    }

    private List<Path> files(Path folder, String name) {
        for (var suffix : SUFFIXES) {
            var path = folder.resolve(name + suffix);
            if (Files.isDirectory(path)) {
                List<Path> all = new ArrayList<>();
                collect(path, all);
                return all;
            }
            if (Files.exists(path)) {
                return List.of(path);
            }
        }
        return List.of();
    }

    private void collect(Path folder, List<Path> all) {
        for (var path : listed(folder)) {
            var name = String.valueOf(path.getFileName());
            if (name.startsWith(".") || name.endsWith("~")) {
                continue;
            }
            var suffix = suffix(name);
            if (Files.isDirectory(path)) {
                if (suffix.isEmpty()) {
                    collect(path, all);
                }
            } else if (Files.isRegularFile(path) && SUFFIXES.contains(suffix)) {
                all.add(path);
            }
        }
    }

    /** Return the suffix of the name of a file with its dot; empty if it has none. */
    static String suffix(String name) {
        var dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(dot) : "";
    }

    /** Return what is in a folder, in the order of the names; empty, with an error reported, if it cannot be read. */
    List<Path> listed(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.sorted((one, other) -> CodePoints.ORDER.compare(
                            String.valueOf(one.getFileName()), String.valueOf(other.getFileName())))
                    .toList();
        } catch (IOException failure) {
            files.error(
                    Code.FILE_UNREADABLE,
                    SourceLocation.startOf(folder.toString()),
                    "The folder " + folder + " cannot be listed: " + failure.getMessage() + ".",
                    "Run it as a user who may, or change who may with chmod.");
            return List.of();
        }
    }

    private Contents read(Path file) {
        var content = files.read(file);
        return content.flatMap(files::yaml)
                .map(node -> switch (node) {
                    case YamlNode.Mapping mapping -> new Contents(mapping.entries(), true);
                    case YamlNode.Scalar scalar when scalar.absent() -> new Contents(Map.of(), true);
                    case YamlNode.Scalar scalar -> wrongShape(content, scalar);
                    case YamlNode.Sequence sequence -> wrongShape(content, sequence);
                    case YamlNode.Failed failed -> new Contents(Map.of(), false);
                })
                .orElseGet(() -> new Contents(Map.of(), false));
    }

    private Contents wrongShape(Optional<AnsibleFiles.Content> content, YamlNode node) {
        content.ifPresent(read -> files.sink(read)
                .accept(Diagnostic.error(
                        Code.WRONG_SHAPE,
                        node.place(),
                        "Variables are a mapping of names to values, but here is " + node.shape() + ".",
                        "Write 'name: value' lines.")));
        return new Contents(Map.of(), false);
    }
}
