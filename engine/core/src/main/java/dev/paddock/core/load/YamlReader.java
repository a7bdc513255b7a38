package dev.paddock.core.load;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML files with one document each. Supports anchors, aliases, merges ({@code <<}) and the tags
 * {@code !secret} and {@code !raw}.
 */
public final class YamlReader {
    private YamlReader() {}

    /**
     * Read a file; return empty, with an error reported, if that fails.
     *
     * @param reference where the file is named, for errors of the file as a whole
     */
    public static Optional<YamlNode> read(Path file, SourceLocation reference, Consumer<Diagnostic> diagnostics) {
        return SourceText.read(file, reference, diagnostics).flatMap(text -> parse(text, file.toString(), diagnostics));
    }

    /** Read a text; the file is the name for its locations. */
    public static Optional<YamlNode> parse(String text, String file, Consumer<Diagnostic> diagnostics) {
        return parse(text, file, ScalarDialect.CORE, found -> diagnostics.accept(withoutJinja(found, text)));
    }

    /** Return the diagnostic, with another fix where the line has a variable in Ansible's notation. */
    private static Diagnostic withoutJinja(Diagnostic found, String text) {
        var isSyntax = found.code() == Code.YAML_SYNTAX || found.code() == Code.YAML_UNSUPPORTED;
        var hasJinja = isSyntax
                && found.place()
                        .flatMap(place -> text.lines().skip(place.line() - 1L).findFirst())
                        .filter(line -> line.contains("{{"))
                        .isPresent();
        return hasJinja
                ? new Diagnostic(
                        found.code(),
                        found.severity(),
                        found.place(),
                        found.detail(),
                        Optional.of(
                                "Write \"${...}\" in place of {{ ... }}, which is Ansible's; docs/migrating.md tells"
                                        + " more."))
                : found;
    }

    /** Read a text whose scalars have the types of a dialect. */
    public static Optional<YamlNode> parse(
            String text, String file, ScalarDialect dialect, Consumer<Diagnostic> diagnostics) {
        var unprintable = unprintable(text, file);
        if (unprintable.isPresent()) {
            diagnostics.accept(unprintable.get());
            return Optional.empty();
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(SourceText.MAX_SIZE);
        var lastLine = SourceText.endOf(text, file).line();
        try {
            var nodes = new YamlNodeReader(
                    new ParserImpl(new StreamReader(text), options),
                    text.lines().toList(),
                    file,
                    lastLine,
                    dialect,
                    diagnostics);
            return nodes.document();
        } catch (MarkedYAMLException failure) {
            diagnostics.accept(syntax(failure, file, lastLine));
        } catch (YAMLException failure) {
            diagnostics.accept(Diagnostic.error(
                    Code.YAML_SYNTAX,
                    SourceLocation.startOf(file),
                    "The file cannot be read as YAML: " + failure.getMessage() + ".",
                    "Correct the file."));
        } catch (YamlNodeReader.RejectedException rejected) {
            diagnostics.accept(rejected.why());
        }
        return Optional.empty();
    }

    private static Optional<Diagnostic> unprintable(String text, String file) {
        for (var i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            var point = text.codePointAt(i);
            if (!StreamReader.isPrintable(point) || point == 0xFEFF) {
                return Optional.of(Diagnostic.error(
                        Code.YAML_SYNTAX,
                        SourceText.endOf(text.substring(0, i), file),
                        "The character U+%04X here cannot be printed, and YAML does not allow it.".formatted(point),
                        "Remove it; in double quotes it can be written as an escape."));
            }
        }
        return Optional.empty();
    }

    static SourceLocation place(Mark mark, String file, int lastLine) {
        return new SourceLocation(file, Math.min(mark.getLine() + 1, lastLine), mark.getColumn() + 1);
    }

    private static Diagnostic syntax(MarkedYAMLException failure, String file, int lastLine) {
        var mark = failure.getProblemMark() == null ? failure.getContextMark() : failure.getProblemMark();
        var location = mark == null ? SourceLocation.startOf(file) : place(mark, file, lastLine);
        var problem = String.valueOf(failure.getProblem()).strip();
        var detail = new StringBuilder("YAML says: ").append(problem);
        if (failure.getContext() != null) {
            detail.append(", ").append(failure.getContext().strip());
            if (failure.getContextMark() != null && failure.getContextMark() != mark) {
                var context = place(failure.getContextMark(), file, lastLine);
                detail.append(" that starts at ")
                        .append(context.line())
                        .append(':')
                        .append(context.column());
            }
        }
        return Diagnostic.error(Code.YAML_SYNTAX, location, detail.append('.').toString(), fix(problem));
    }

    private static String fix(String problem) {
        if (problem.contains("TAB") || problem.contains("\\t")) {
            return "Indent with spaces; YAML does not allow tabs there.";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "Put a value that holds ': ' in quotes, or correct the indentation of this line.";
        }
        if (problem.contains("expected <block end>") || problem.contains("could not find expected ':'")) {
            return "Give all keys of a mapping the same indentation, and each a ':' and a space.";
        }
        if (problem.contains("cannot start any token") || problem.contains("expected alphabetic or numeric")) {
            return "Put a value that starts with one of @ ` % * & ! | > in quotes.";
        }
        if (problem.contains("end of stream") || problem.contains("stream end")) {
            return "Close what was opened: a quote, a bracket or a brace.";
        }
        if (problem.contains("but got {") || problem.contains("but got '{'")) {
            return "Inside [...] and {...}, put a value with ${...} in quotes.";
        }
        if (problem.contains("expected ',' or")) {
            return "Separate with ',', and close each bracket and brace by its own kind.";
        }
        return "Correct the YAML here, or on the line before.";
    }
}
