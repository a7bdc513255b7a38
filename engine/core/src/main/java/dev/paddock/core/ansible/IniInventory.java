package dev.paddock.core.ansible;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.core.load.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one inventory file in INI. */
final class IniInventory {
    private static final Pattern SECTION = Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
    private static final Pattern GROUP = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");

    /** What the lines of a section are. */
    private enum Section {
        HOSTS,
        CHILDREN,
        VARS
    }

    /** A group that a section or a line names before any section declares it. */
    private record Mention(SourceLocation place, Section by) {}

    private final AnsibleHosts hosts;
    private final AnsibleFiles.Content content;
    private final Consumer<Diagnostic> diagnostics;
    private final Map<String, Mention> undeclared = new LinkedHashMap<>();
    private AnsibleGroup group;
    private Section section = Section.HOSTS;
    private boolean skipped;

    IniInventory(AnsibleHosts hosts, AnsibleFiles.Content content, Consumer<Diagnostic> diagnostics) {
        this.hosts = hosts;
        this.content = content;
        this.diagnostics = diagnostics;
        this.group = hosts.group(AnsibleHosts.UNGROUPED, content.start());
    }

    void read() {
        var number = 0;
        for (var line : content.text().lines().toList()) {
            number++;
            var text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#' && text.charAt(0) != ';') {
                var place = new SourceLocation(content.file().toString(), number, line.indexOf(text) + 1);
                read(text, place);
            }
        }
        undeclared.forEach((name, mention) -> error(
                mention.place(),
                "The group '" + name + "' is not declared.",
                "Add a section [" + name + "] with its hosts, or [" + name + ":children] with its groups."));
    }

    private void read(String line, SourceLocation place) {
        var header = SECTION.matcher(line);
        if (header.matches()) {
            startSection(header.group(1), header.group(2), place);
        } else if (line.startsWith("[") && line.endsWith("]")) {
            skipped = true;
            error(
                    place,
                    "This is no section: the name of a group has no spaces, and no ':' but the one before hosts,"
                            + " children or vars.",
                    "Write it like [web], [web:children] or [web:vars].");
        } else if (!skipped) {
            switch (section) {
                case HOSTS -> readHosts(line, place);
                case CHILDREN -> readChild(line, place);
                case VARS -> readVariable(line, place);
            }
        }
    }

    private void startSection(String name, @Nullable String type, SourceLocation place) {
        skipped = false;
        switch (type) {
            case null -> section = Section.HOSTS;
            case "hosts" -> section = Section.HOSTS;
            case "children" -> section = Section.CHILDREN;
            case "vars" -> section = Section.VARS;
            default -> {
                skipped = true;
                error(
                        after(place, name.length() + 2),
                        "A section is of hosts, children or vars, not of '" + type + "'.",
                        "Write [" + name + "], [" + name + ":children] or [" + name + ":vars].");
                return;
            }
        }
        if (section == Section.VARS) {
            if (!hosts.hasGroup(name)) {
                undeclared.putIfAbsent(name, new Mention(place, Section.VARS));
            }
        } else {
            undeclared.remove(name);
        }
        group = hosts.group(name, place);
    }

    private void readHosts(String line, SourceLocation place) {
        try {
            var words = ShellWords.split(line);
            var names = HostNames.parse(words.getFirst().text());
            Map<String, YamlNode.Entry> variables = new LinkedHashMap<>();
            var valid = true;
            for (var word : words.subList(1, words.size())) {
                var at = after(place, word.column() - 1);
                var equals = word.text().indexOf('=');
                if (equals < 1) {
                    valid = false;
                    error(
                            at,
                            "After the name of a host there are variables, each as name=value.",
                            "Add the '=' and the value; put a value with spaces in quotes; start a comment with '#'.");
                    continue;
                }
                variables.put(
                        word.text().substring(0, equals),
                        new YamlNode.Entry(at, value(word.text().substring(equals + 1), after(at, equals + 1))));
            }
            if (valid) {
                hosts.add(names, group, variables, place);
            }
        } catch (ShellWords.OpenException open) {
            error(
                    after(place, open.column() - 1),
                    "The line cannot be split into words: " + open.getMessage() + ".",
                    "Close it, or put a backslash before it.");
        } catch (HostNames.BadNameException bad) {
            error(
                    place,
                    "This names no hosts: " + bad.getMessage() + ".",
                    "Write a name, an address, or names with a range like db[01:20].");
        }
    }

    private void readChild(String line, SourceLocation place) {
        var name = GROUP.matcher(line);
        if (!name.matches()) {
            error(place, "Here is the name of one group, without spaces and ':'.", "Write one group a line.");
            return;
        }
        var child = name.group(1);
        if (!hosts.hasGroup(child)) {
            undeclared.putIfAbsent(child, new Mention(place, Section.CHILDREN));
        }
        group.children.add(child);
    }

    private void readVariable(String line, SourceLocation place) {
        var equals = line.indexOf('=');
        var name = equals < 0 ? "" : line.substring(0, equals).strip();
        if (name.isEmpty()) {
            error(
                    place,
                    "A section of vars has lines of name=value.",
                    "Add the '=' and the value, or start a new section.");
            return;
        }
        var text = line.substring(equals + 1).strip();
        var column = line.length() - line.substring(equals + 1).stripLeading().length();
        hosts.setVariable(group, name, new YamlNode.Entry(place, value(text, after(place, column))));
    }

    private YamlNode value(String text, SourceLocation place) {
        var value = PythonLiteral.value(text, place);
        return content.secret() ? secret(value) : value;
    }

    private static YamlNode secret(YamlNode value) {
        return switch (value) {
            case YamlNode.Scalar scalar ->
                new YamlNode.Scalar(scalar.place(), scalar.text(), scalar.plain(), !scalar.absent(), scalar.layout());
            case YamlNode.Sequence list ->
                new YamlNode.Sequence(
                        list.place(),
                        list.items().stream().map(IniInventory::secret).toList());
            case YamlNode.Mapping mapping -> {
                Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) ->
                                entries.put(key, new YamlNode.Entry(entry.keyPlace(), secret(entry.value()))));
                yield new YamlNode.Mapping(mapping.place(), entries);
            }
            case YamlNode.Failed failed -> failed;
        };
    }

    private static SourceLocation after(SourceLocation place, int columns) {
        return new SourceLocation(place.file(), place.line(), place.column() + columns);
    }

    private void error(SourceLocation place, String detail, String fix) {
        diagnostics.accept(Diagnostic.error(Code.INVENTORY_UNREADABLE, place, detail, fix));
    }
}
