package dev.paddock.host.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user that this process acts for.
 *
 * @param id the effective user ID
 * @param name the user's name, or the ID in digits if there is none
 * @param groups the effective group IDs: those of the login, not those that {@code /etc/group} lists now
 */
public record CurrentUser(long id, String name, List<Long> groups) {
    public CurrentUser {
        groups = List.copyOf(groups);
    }

    /** Read it from {@code /proc/self/status} (proc(5)). */
    public static CurrentUser read() {
        try {
            var lines = Files.readAllLines(Path.of("/proc/self/status"));
            var id = numbers(lines, "Uid:").get(1);
            var groups = Stream.concat(Stream.of(numbers(lines, "Gid:").get(1)), numbers(lines, "Groups:").stream())
                    .distinct()
                    .toList();
            var name = id == 0 ? "root" : System.getProperty("user.name", Long.toString(id));
            return new CurrentUser(id, name, groups);
        } catch (IOException failure) {
            throw new IllegalStateException("/proc/self/status cannot be read. This is a bug in paddock.", failure);
        }
    }

    public boolean isRoot() {
        return id == 0;
    }

    private static List<Long> numbers(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line ->
                        Arrays.stream(line.substring(key.length()).strip().split("\\s+", -1)))
                .filter(text -> !text.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
