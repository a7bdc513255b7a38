package dev.paddock.core.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files that a run may read: those that the user names, and those in the folders of the playbooks. What a playbook of
 * somebody else names elsewhere is not read, because the plan would show it.
 */
public final class TrustedFiles {
    private static final Path HOME = Path.of(System.getProperty("user.home", "/"));

    private final Set<Path> folders = new LinkedHashSet<>();
    private final Set<Path> files = new LinkedHashSet<>();

    /** Allow all that is in a folder and below it. */
    public TrustedFiles folder(Path folder) {
        folders.add(real(folder));
        return this;
    }

    public TrustedFiles folders(Collection<Path> more) {
        more.forEach(this::folder);
        return this;
    }

    /** Allow a file that the user names, whatever it is. */
    public TrustedFiles file(Path file) {
        files.add(absolute(file));
        return this;
    }

    /** Return whether a file is in the folder of another one, or below it. */
    static boolean isBeside(Path file, Path other) {
        var folder = absolute(other).getParent();
        return folder != null && real(file).startsWith(real(folder));
    }

    /**
     * Return whether a fragment may be read: also from a folder beside that of a playbook, as playbooks share them. Not if
     * everything of the user is beside it.
     */
    boolean allowsFragment(Path file) {
        var real = real(file);
        return allows(file)
                || folders.stream()
                        .map(Path::getParent)
                        .filter(parent -> parent != null && !real(HOME).startsWith(parent))
                        .anyMatch(real::startsWith);
    }

    /** Return whether the user names the file. */
    boolean isNamed(Path file) {
        return files.contains(absolute(file));
    }

    /** Return whether a file may be read. Links count as what they lead to. */
    public boolean allows(Path file) {
        var real = real(file);
        return isNamed(file) || folders.stream().anyMatch(real::startsWith);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** Return the path with all links resolved, also where its last parts do not exist. */
    private static Path real(Path path) {
        var absolute = absolute(path);
        for (var existing = absolute; existing != null; existing = existing.getParent()) {
            try {
                return existing.toRealPath()
                        .resolve(existing.relativize(absolute))
                        .normalize();
            } catch (IOException missing) {
                // Its parent may exist.
            }
        }
        return absolute;
    }
}
