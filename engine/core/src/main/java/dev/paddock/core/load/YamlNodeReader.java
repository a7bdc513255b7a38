package dev.paddock.core.load;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Builds nodes from the events of one YAML file.
 *
 * <p>An alias shares the node of its anchor, so that a file that expands to billions of nodes takes no memory. Walking over
 * them would take forever, so nodes are counted as if expanded.
 */
final class YamlNodeReader {
    private static final int MAX_NODES = 500_000;
    private static final int MAX_DEPTH = 100;
    static final String STANDARD = "tag:yaml.org,2002:";

    /** Thrown when a file cannot be read any further. */
    static final class RejectedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Diagnostic why;

        RejectedException(Diagnostic why) {
            super(why.detail(), null, false, false);
            this.why = why;
        }

        Diagnostic why() {
            return why;
        }
    }

    /** A node with its size and height when expanded. */
    private record SizedNode(YamlNode node, int nodes, int height) {}

    private final Parser parser;
    private final List<String> lines;
    private final String file;
    private final int lastLine;
    private final ScalarDialect dialect;
    private final Consumer<Diagnostic> diagnostics;
    private final Map<String, SizedNode> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int nodes;

    YamlNodeReader(
            Parser parser,
            List<String> lines,
            String file,
            int lastLine,
            ScalarDialect dialect,
            Consumer<Diagnostic> diagnostics) {
        this.parser = parser;
        this.dialect = dialect;
        this.lines = lines;
        this.file = file;
        this.lastLine = lastLine;
        this.diagnostics = diagnostics;
    }

    Optional<YamlNode> document() throws RejectedException {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            diagnostics.accept(Diagnostic.error(
                    Code.WRONG_SHAPE,
                    SourceLocation.startOf(file),
                    "The file is empty.",
                    "Write something, or do not name it."));
            return Optional.empty();
        }
        parser.getEvent();
        var root = node(0);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new RejectedException(unsupported(
                    place(parser.peekEvent().getStartMark()),
                    "A second document starts here; a file holds one.",
                    "Put all into one document, or into several files."));
        }
        return Optional.of(root.node());
    }

    private SizedNode node(int depth) throws RejectedException {
        var event = parser.getEvent();
        var location = place(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return alias(alias.getAnchor(), location, depth);
        }
        if (depth > MAX_DEPTH) {
            throw new RejectedException(tooLarge(location, "Values are nested more than " + MAX_DEPTH + " deep here."));
        }
        count(1, location);
        var anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            open.add(anchor);
        }
        var before = nodes;
        var node = content(event, location, depth);
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, new SizedNode(node.node(), nodes - before + 1, node.height()));
        }
        return node;
    }

    private SizedNode content(Event event, SourceLocation location, int depth) throws RejectedException {
        if (event instanceof ScalarEvent scalar) {
            return new SizedNode(scalar(scalar, location), 1, 0);
        }
        if (event instanceof SequenceStartEvent start) {
            plainTag(start.getTag(), STANDARD + "seq", location);
            return sequence(location, depth);
        }
        if (event instanceof MappingStartEvent start) {
            plainTag(start.getTag(), STANDARD + "map", location);
            return mapping(location, depth);
        }
        throw new IllegalStateException("YAML event " + event + " where a value starts. This is a bug in this tool.");
    }

    private SizedNode alias(String anchor, SourceLocation location, int depth) throws RejectedException {
        if (open.contains(anchor)) {
            throw new RejectedException(unsupported(
                    location,
                    "The alias *" + anchor + " stands inside of what it refers to, which would never end.",
                    "Move the alias out of &" + anchor + "."));
        }
        var target = anchors.get(anchor);
        if (target == null) {
            throw new RejectedException(Diagnostic.error(
                    Code.YAML_SYNTAX,
                    location,
                    "There is no anchor &" + anchor + " before this alias.",
                    "Define the anchor first; put a value that starts with * in quotes."));
        }
        count(target.nodes(), location);
        if (depth + target.height() > MAX_DEPTH) {
            throw new RejectedException(tooLarge(
                    location, "With the alias *" + anchor + " values are nested more than " + MAX_DEPTH + " deep."));
        }
        return target;
    }

    private void count(int more, SourceLocation location) throws RejectedException {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new RejectedException(
                    tooLarge(location, "With its aliases, the file has more than " + MAX_NODES + " values."));
        }
    }

    private YamlNode.Scalar scalar(ScalarEvent event, SourceLocation location) {
        var token = new ScalarDialect.Token(
                Optional.ofNullable(event.getTag()),
                event.getValue(),
                event.isPlain(),
                location,
                layout(event, location));
        return dialect.scalar(token).orElseGet(() -> {
            unknownTag(event.getTag(), location);
            // It may be a misspelled !secret.
            return token.as(event.isPlain(), true);
        });
    }

    private SizedNode sequence(SourceLocation location, int depth) throws RejectedException {
        List<YamlNode> items = new ArrayList<>();
        var height = 0;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            var item = node(depth + 1);
            items.add(item.node());
            height = Math.max(height, item.height() + 1);
        }
        parser.getEvent();
        return new SizedNode(new YamlNode.Sequence(location, items), items.size() + 1, height);
    }

    /** An entry of a mapping, before merges. */
    private record MappingEntry(
            SourceLocation keyPlace, @Nullable String key, YamlNode value) {}

    private SizedNode mapping(SourceLocation location, int depth) throws RejectedException {
        List<MappingEntry> mappingEntries = new ArrayList<>();
        Map<String, SourceLocation> own = new HashMap<>();
        var height = 0;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            var key = node(depth + 1).node();
            var value = node(depth + 1);
            height = Math.max(height, value.height() + 1);
            if (!(key instanceof YamlNode.Scalar scalar)) {
                diagnostics.accept(unsupported(
                        key.place(),
                        "The key of a mapping is " + key.shape() + ".",
                        "Use a text; put one that starts with { or [ in quotes."));
                continue;
            }
            var merges = scalar.plain() && scalar.text().equals("<<");
            var first = own.putIfAbsent(scalar.text(), key.place());
            if (first != null) {
                diagnostics.accept(Diagnostic.error(
                        Code.YAML_DUPLICATE_KEY,
                        key.place(),
                        "The key '" + scalar.text() + "' is given twice, first at " + first + "; only one can count.",
                        merges ? "Give '<<' a list of aliases." : "Remove one of the two."));
                continue;
            }
            mappingEntries.add(new MappingEntry(key.place(), merges ? null : scalar.text(), value.node()));
        }
        parser.getEvent();
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (var entry : mappingEntries) {
            if (entry.key() != null) {
                entries.put(entry.key(), new YamlNode.Entry(entry.keyPlace(), entry.value()));
            } else {
                for (var source : sources(entry.value())) {
                    source.entries().forEach((name, merged) -> {
                        if (!own.containsKey(name)) {
                            entries.putIfAbsent(name, merged);
                        }
                    });
                }
            }
        }
        return new SizedNode(new YamlNode.Mapping(location, entries), mappingEntries.size() + 1, height);
    }

    /** Return the mappings of a merge key; an earlier one overrides a later one. */
    private List<YamlNode.Mapping> sources(YamlNode value) {
        if (value instanceof YamlNode.Mapping mapping) {
            return List.of(mapping);
        }
        List<YamlNode.Mapping> mappings = new ArrayList<>();
        if (value instanceof YamlNode.Sequence sequence) {
            for (var item : sequence.items()) {
                if (item instanceof YamlNode.Mapping mapping) {
                    mappings.add(mapping);
                }
            }
            if (mappings.size() == sequence.items().size()) {
                return mappings;
            }
        }
        diagnostics.accept(Diagnostic.error(
                Code.WRONG_SHAPE,
                value.place(),
                "'<<' merges mappings, but here is " + value.shape() + ".",
                "Give it the alias of a mapping, or a list of them."));
        return mappings;
    }

    private void plainTag(@Nullable String tag, String expected, SourceLocation location) {
        if (tag != null && !tag.equals(expected) && !tag.equals("!")) {
            unknownTag(tag, location);
        }
    }

    private void unknownTag(String tag, SourceLocation location) {
        // Any other tag may be a secret text that starts with '!', so it is not shown.
        var shown = tag.startsWith(STANDARD) ? "The tag !!" + tag.substring(STANDARD.length()) : "This tag";
        diagnostics.accept(unsupported(
                location,
                shown + " is not known here.",
                tag.equals("!secret") || tag.equals("!raw")
                        ? tag + " is for a text; put it before each of the texts in it."
                        : "Remove the tag; put a value that starts with ! in quotes."));
    }

    private ScalarLayout layout(ScalarEvent event, SourceLocation location) {
        var start = event.getStartMark();
        var end = event.getEndMark();
        var text = event.getValue();
        if (event.isLiteral()) {
            var textLines = text.lines().toList();
            for (var i = 0; i < textLines.size(); i++) {
                var at = start.getLine() + 1 + i;
                if (!textLines.get(i).isBlank() && at < lines.size()) {
                    var indent = lines.get(at).length() - textLines.get(i).length();
                    var last = Math.min(start.getLine() + 1 + textLines.size(), lastLine);
                    return new ScalarLayout(location, start.getLine() + 2, Math.max(0, indent) + 1, last, true);
                }
            }
            return ScalarLayout.none(location);
        }
        var quotes = event.isPlain() ? 0 : 2;
        var unescaped = start.getLine() == end.getLine()
                && end.getColumn() - start.getColumn() - quotes == text.codePointCount(0, text.length());
        return new ScalarLayout(location, location.line(), location.column() + quotes / 2, location.line(), unescaped);
    }

    private SourceLocation place(Mark mark) {
        return YamlReader.place(mark, file, lastLine);
    }

    private static Diagnostic unsupported(SourceLocation location, String detail, String fix) {
        return Diagnostic.error(Code.YAML_UNSUPPORTED, location, detail, fix);
    }

    private static Diagnostic tooLarge(SourceLocation location, String detail) {
        return Diagnostic.error(
                Code.YAML_TOO_LARGE, location, detail, "Write it flatter, or split it into several files.");
    }
}
