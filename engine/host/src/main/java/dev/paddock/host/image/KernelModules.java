package dev.paddock.host.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * Some modules of a kernel with all their dependencies, and the lists that modprobe uses.
 *
 * @param files by name
 * @param dependencies the text of {@code modules.dep}
 * @param aliases the text of {@code modules.alias}
 */
record KernelModules(Map<String, byte[]> files, String dependencies, String aliases) {
    private static final String SUFFIX = ".ko";

    /** Debian 13 compresses modules. */
    private static final String XZ = ".xz";

    /**
     * Select modules from a kernel's module folder.
     *
     * @param names the wanted modules; those built in or missing are left out
     */
    static KernelModules pick(Path folder, Collection<String> names) throws IOException {
        Map<String, Path> there;
        try (Stream<Path> all = Files.walk(folder)) {
            there = all.filter(file ->
                            file.toString().endsWith(SUFFIX) || file.toString().endsWith(SUFFIX + XZ))
                    .collect(Collectors.toMap(KernelModules::name, file -> file, (a, b) -> a));
        }
        Map<String, Module> picked = new TreeMap<>();
        for (var name : names) {
            pick(name, there, picked);
        }
        Map<String, byte[]> files = new TreeMap<>();
        var dependencies = new StringBuilder();
        var aliases = new StringBuilder();
        picked.forEach((name, module) -> {
            files.put(name + SUFFIX, module.content);
            dependencies.append(name).append(SUFFIX).append(':');
            // modprobe loads the last module of a line first.
            needed(name, picked)
                    .reversed()
                    .forEach(other -> dependencies.append(' ').append(other).append(SUFFIX));
            dependencies.append('\n');
            module.values("alias").forEach(alias -> aliases.append("alias ")
                    .append(alias)
                    .append(' ')
                    .append(name)
                    .append('\n'));
        });
        return new KernelModules(files, dependencies.toString(), aliases.toString());
    }

    private static void pick(String name, Map<String, Path> there, Map<String, Module> picked) throws IOException {
        var file = there.get(name);
        if (file == null || picked.containsKey(name)) {
            return;
        }
        var module = new Module(content(file));
        picked.put(name, module);
        for (var other : module.needs()) {
            pick(other, there, picked);
        }
    }

    private static byte[] content(Path file) throws IOException {
        if (!file.toString().endsWith(XZ)) {
            return Files.readAllBytes(file);
        }
        try (var unpacked = new XZInputStream(Files.newInputStream(file))) {
            return unpacked.readAllBytes();
        }
    }

    /** Return all direct and indirect dependencies of a module, each after its own dependencies. */
    private static List<String> needed(String name, Map<String, Module> picked) {
        Set<String> found = new LinkedHashSet<>();
        collect(name, picked, found);
        found.remove(name);
        return List.copyOf(found);
    }

    private static void collect(String name, Map<String, Module> picked, Set<String> found) {
        Optional.ofNullable(picked.get(name)).ifPresent(module -> {
            module.needs().forEach(other -> collect(other, picked, found));
            found.add(name);
        });
    }

    /** File names have dashes where module names have underscores. */
    private static String name(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.substring(0, name.indexOf(SUFFIX)).replace('-', '_');
    }

    /** A module. It declares its dependencies itself, in zero-terminated texts. */
    private static final class Module {
        private final byte[] content;

        Module(byte[] content) {
            this.content = content;
        }

        List<String> needs() {
            return values("depends").stream()
                    .flatMap(list -> Stream.of(list.split(",", -1)))
                    .filter(name -> !name.isEmpty())
                    .map(name -> name.replace('-', '_'))
                    .toList();
        }

        List<String> values(String key) {
            // One byte per character, so that offsets agree.
            var text = new String(content, StandardCharsets.ISO_8859_1);
            var start = "\0" + key + "=";
            List<String> found = new ArrayList<>();
            for (var at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
                found.add(text.substring(at + start.length(), text.indexOf('\0', at + start.length())));
            }
            return found;
        }
    }
}
