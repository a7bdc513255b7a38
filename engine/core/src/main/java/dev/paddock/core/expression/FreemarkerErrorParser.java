package dev.paddock.core.expression;

import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.core.StopException;
import freemarker.template.TemplateException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns Freemarker's exceptions into evaluation failures, without its template and stack dumps. */
final class FreemarkerErrorParser {
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\s*(\\.\\s*[A-Za-z_][A-Za-z0-9_]*|\\[\\s*\"[^\"]*\"\\s*]))*");
    private static final Pattern STEP = Pattern.compile("\"([^\"]*)\"|([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern WHERE = Pattern.compile("\\s*\\[in template .*", Pattern.DOTALL);
    private static final Pattern WRONG_SHAPE = Pattern.compile(
            ".*Expected an? (.*), but this has evaluated to an? ([^ :]+)(?: \\(wrapper: [^)]*\\))?: (.*?)\\.?");
    private static final Pattern UNEXPECTED = Pattern.compile("Encountered \"(.*?)\", but was expecting");
    /** The hints that Freemarker adds for its own users, with versions and links. */
    private static final Pattern ADVICE = Pattern.compile(
            " (Help \\(latest version\\)|The blamed expression|Check if the FreeMarker|\\(See FreeMarker).*|\\(wrapper: [^)]*\\)");

    private static final int MAX_LENGTH = 300;

    private FreemarkerErrorParser() {}

    static EvaluationException of(TemplateException failure) {
        if (failure instanceof NodeTemplateModel.ReportedException) {
            return EvaluationException.reported();
        }
        var line = position(failure.getLineNumber());
        var column = position(failure.getColumnNumber());
        var blamed = failure.getBlamedExpressionString();
        if (failure instanceof InvalidReferenceException && blamed != null) {
            return undefined(line, column, blamed);
        }
        if (failure instanceof StopException) {
            return EvaluationException.bad(line, column, String.valueOf(failure.getMessageWithoutStackTop()));
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof NodeTemplateModel.ReportedException) {
                return EvaluationException.reported();
            }
        }
        var message = String.valueOf(failure.getMessageWithoutStackTop());
        if (message.contains("security reasons")) {
            return EvaluationException.unsafe(line, column, "It asks for a Java class, which expressions cannot have.");
        }
        if (message.contains("?api")) {
            return EvaluationException.unsafe(line, column, "It asks for ?api, which expressions cannot have.");
        }
        if (message.contains("TemplateLoader")
                || message.contains("emplate inclu")
                || message.contains("emplate import")) {
            return EvaluationException.unsafe(line, column, "It asks for another file, which expressions cannot have.");
        }
        return EvaluationException.bad(line, column, sentence(message));
    }

    static EvaluationException of(ParseException failure) {
        return EvaluationException.bad(
                position(failure.getLineNumber()),
                position(failure.getColumnNumber()),
                sentence(failure.getEditorMessage()));
    }

    private static int position(@Nullable Integer position) {
        return position == null ? 0 : Math.max(0, position);
    }

    private static EvaluationException undefined(int line, int column, String blamed) {
        var expression = blamed;
        while (expression.startsWith("(") && expression.endsWith(")")) {
            expression = expression.substring(1, expression.length() - 1).strip();
        }
        List<String> path = PATH.matcher(expression).matches()
                ? STEP.matcher(expression)
                        .results()
                        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                        .toList()
                : List.of();
        return EvaluationException.undefined(line, column, expression, path);
    }

    /** Return the first paragraph of a message as a sentence on one line. */
    static String sentence(String message) {
        var paragraph = message.split("\\n\\s*-{3,}|\\n\\s*\\n", 2)[0];
        var words = Stream.of(paragraph.split("\\R"))
                .map(line -> WHERE.matcher(line).replaceAll(""))
                .map(line -> line.replaceFirst("^\\s*==>", "").strip())
                .filter(line -> !line.isEmpty())
                .reduce((left, right) -> left + " " + right)
                .orElse("It cannot be evaluated");
        var shape = WRONG_SHAPE.matcher(words);
        if (shape.matches()) {
            return "'%s' is %s, and %s is expected here."
                    .formatted(shape.group(3), typeName(shape.group(2)), typeName(shape.group(1)));
        }
        var unexpected = UNEXPECTED.matcher(words);
        if (unexpected.lookingAt()) {
            return unexpected.group(1).equals("<EOF>")
                    ? "It ends too early."
                    : "'" + unexpected.group(1) + "' is not expected there.";
        }
        var shortened = ADVICE.matcher(words).replaceAll("").replace(" .", ".").strip();
        var text = shortened.length() <= MAX_LENGTH ? shortened : shortened.substring(0, MAX_LENGTH) + "...";
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }

    private static String typeName(String type) {
        if (type.contains("string")) {
            return "a text";
        }
        if (type.contains("sequence") || type.contains("collection")) {
            return "a list";
        }
        if (type.contains("hash")) {
            return "a mapping";
        }
        return "a " + type;
    }
}
