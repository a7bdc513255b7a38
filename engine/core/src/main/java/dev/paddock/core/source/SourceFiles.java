package dev.paddock.core.source;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.SourceText;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.load.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of a run. Paths are relative to the file that names them. */
public final class SourceFiles {
    private final DiagnosticSink diagnostics;
    private final TrustedFiles trusted;
    private final Map<Path, Optional<YamlNode>> read = new HashMap<>();

    public SourceFiles(DiagnosticSink diagnostics, TrustedFiles trusted) {
        this.diagnostics = diagnostics;
        this.trusted = trusted;
    }

    /** Use a text as the content of a file. */
    public void put(Path file, String text) {
        read.put(file, YamlReader.parse(text, file.toString(), diagnostics::add));
    }

    /** Return the YAML of a file, which is read once; empty, with an error reported, if it cannot be read. */
    public Optional<YamlNode> yaml(Path file, SourceLocation reference) {
        return yaml(file, reference, isAllowed(file, reference));
    }

    /** Return the YAML of a fragment, like that of another file; it may be beside the folder of the playbook. */
    public Optional<YamlNode> fragment(Path file, SourceLocation reference) {
        return yaml(file, reference, trusted.allowsFragment(file) || isAllowed(file, reference));
    }

    private Optional<YamlNode> yaml(Path file, SourceLocation reference, boolean allowed) {
        if (!read.containsKey(file) && isReadable(file, reference, allowed)) {
            read.put(file, YamlReader.read(file, reference, diagnostics::add));
        }
        return read.getOrDefault(file, Optional.empty());
    }

    /** Return the text of a file that a playbook names; empty, with an error reported, if it cannot be read. */
    public Optional<String> text(Path file, SourceLocation reference) {
        return isReadable(file, reference, isAllowed(file, reference))
                ? SourceText.read(file, reference, diagnostics::add)
                : Optional.empty();
    }

    /** Return the text of a file that nothing names, but that replaces one of Paddock's by its place. */
    public Optional<String> replacement(Path file) {
        var place = SourceLocation.startOf(file.toString());
        return isReadable(file, place, trusted.allows(file))
                ? SourceText.read(file, place, diagnostics::add)
                : Optional.empty();
    }

    /** A file names others in its own folder, or in those of the playbooks. */
    private boolean isAllowed(Path file, SourceLocation reference) {
        return trusted.allows(file) || TrustedFiles.isBeside(file, Path.of(reference.file()));
    }

    /** Return whether a file may be read, and ends; report an error if not. Files that the user names always may. */
    private boolean isReadable(Path file, SourceLocation reference, boolean allowed) {
        if (trusted.isNamed(file)) {
            return true;
        }
        if (!allowed) {
            diagnostics.add(outside(file, reference));
            return false;
        }
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            diagnostics.error(
                    Code.FILE_UNREADABLE,
                    reference,
                    "The file " + diagnostics.quote(file.toString()) + " is a pipe, a socket or a device.",
                    "Name a regular file.");
            return false;
        }
        return true;
    }

    private static Diagnostic outside(Path file, SourceLocation reference) {
        return Diagnostic.error(
                Code.FILE_OUTSIDE,
                reference,
                "The file " + file + " is outside the folder of the playbook, itself or by a link, and is not read: a"
                        + " playbook of somebody else could show what is yours.",
                "Put it into the folder of the playbook, or allow its folder with --allow-files FOLDER.");
    }

    /** Return whether a word stands in a file that was read, or in a template beside one. */
    public boolean mention(String word) {
        var pattern = Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
        Set<Path> searched = new LinkedHashSet<>(read.keySet());
        for (var file : read.keySet()) {
            var folder = file.toAbsolutePath().getParent();
            for (var place : folder == null ? List.<Path>of() : List.of(folder, folder.resolve("templates"))) {
                try (var templates = Files.newDirectoryStream(place, "*.ftl*")) {
                    templates.forEach(searched::add);
                } catch (IOException none) {
                    // A folder that cannot be listed has no templates to search.
                }
            }
        }
        return searched.stream().filter(Files::isRegularFile).anyMatch(file -> {
            try {
                return pattern.matcher(Files.readString(file)).find();
            } catch (IOException unreadable) {
                return true;
            }
        });
    }

    /** Return the path of a text, relative to the file that names it; empty, with an error reported, if it is invalid. */
    public Optional<Path> resolve(String text, SourceLocation reference) {
        try {
            var folder = Path.of(reference.file()).getParent();
            var path = Path.of(text);
            return Optional.of((folder == null ? path : folder.resolve(path)).normalize());
        } catch (InvalidPathException invalid) {
            diagnostics.error(
                    Code.BAD_VALUE,
                    reference,
                    diagnostics.quote(text) + " is not a path: " + invalid.getReason() + ".",
                    "Write the path of a file.");
            return Optional.empty();
        }
    }

    /** Return the real path of a file, with links resolved. */
    public static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException missing) {
            return file.toAbsolutePath().normalize();
        }
    }
}
