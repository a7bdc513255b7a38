package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.report.Json;
import dev.paddock.session.Redaction;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The input and output of a command: the only access to the standard streams.
 *
 * <p>Output is the requested result, which other programs may read; messages are for people. Both are UTF-8.
 */
public final class Console {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Set<Terminal> terminals;
    private final boolean color;
    private final Redaction redaction;

    /** The standard streams that may be terminals. */
    public enum Terminal {
        INPUT('0'),
        OUTPUT('1'),
        MESSAGES('2');

        private final char descriptor;

        Terminal(char descriptor) {
            this.descriptor = descriptor;
        }
    }

    /**
     * Create a console.
     *
     * @param terminals the streams that are terminals
     * @param color whether to use colors on terminals
     */
    public Console(InputStream in, PrintStream out, PrintStream err, Set<Terminal> terminals, boolean color) {
        this(in, out, err, terminals, color, Redaction.NONE);
    }

    private Console(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Set<Terminal> terminals,
            boolean color,
            Redaction redaction) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminals = Set.copyOf(terminals);
        this.color = color;
        this.redaction = redaction;
    }

    /**
     * Return the console of this process.
     *
     * <p>The launcher passes the streams that are terminals in the property {@code paddock.terminals}, as the digits of
     * the descriptors: Java itself would need 30 ms to find out.
     */
    public static Console ofProcess() {
        return ofProcess(new StandardOutput(FileDescriptor.out));
    }

    public static Console ofProcess(StandardOutput output) {
        var digits = System.getProperty("paddock.terminals", "");
        // An EnumSet determines the constants by reflection, which takes longer than all the rest of this.
        var terminals = new HashSet<Terminal>();
        for (var terminal : Terminal.values()) {
            if (digits.indexOf(terminal.descriptor) >= 0) {
                terminals.add(terminal);
            }
        }
        // See no-color.org: any value except the empty one counts.
        var noColor = System.getenv("NO_COLOR");
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(output, false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals,
                (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM")));
    }

    public Console withoutColor() {
        return new Console(in, out, err, terminals, false, redaction);
    }

    /** Return this console, which masks these texts from now on. */
    public Console withSecrets(Set<String> secrets) {
        return new Console(in, out, err, terminals, color, redaction.plus(secrets));
    }

    /** Return plain values, in the types of {@link Json}, with secrets masked, to be printed or saved. */
    public @Nullable Object withoutSecrets(Object value) {
        return redaction.apply(value);
    }

    /** Write plain values as JSON. */
    public void printJson(Object value) {
        out.println(VisibleText.of(Json.write(withoutSecrets(value)), false));
    }

    public boolean isTerminal(Terminal terminal) {
        return terminals.contains(terminal);
    }

    /** Return whether a user can answer questions. */
    public boolean canAsk() {
        return isTerminal(Terminal.INPUT) && isTerminal(Terminal.MESSAGES);
    }

    /** Return the style of output: colored on a terminal. */
    public AnsiStyle outputPaint() {
        return AnsiStyle.of(color && isTerminal(Terminal.OUTPUT));
    }

    /** Return the style of messages: colored on a terminal. */
    public AnsiStyle messagePaint() {
        return AnsiStyle.of(color && isTerminal(Terminal.MESSAGES));
    }

    /** Write a line of output. */
    public void print(String line) {
        out.println(shown(line, Terminal.OUTPUT));
    }

    /** Write output without adding a line break. */
    public void write(String text) {
        out.print(shown(text, Terminal.OUTPUT));
    }

    /** Write the content of a file: unless it goes to a terminal, with every character as it is. */
    public void writeFile(String text) {
        out.print(isTerminal(Terminal.OUTPUT) ? shown(text, Terminal.OUTPUT) : redaction.apply(text));
    }

    private String shown(String text, Terminal stream) {
        return VisibleText.of(redaction.apply(text), isTerminal(stream));
    }

    /** Write a line of messages. */
    public void tell(String line) {
        out.flush();
        err.println(shown(line, Terminal.MESSAGES));
    }

    /** Write to the messages without a line break, for progress and questions. */
    public void tellPart(String text) {
        out.flush();
        err.print(shown(text, Terminal.MESSAGES));
        err.flush();
    }

    /**
     * Return the output as a stream, to pass on the output of another program. Unlike a {@link PrintStream}, it reports
     * when the output can no longer be written.
     */
    public OutputStream outputBytes() {
        out.flush();
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                if (out.checkError()) {
                    throw new IOException("The output cannot be written.");
                }
            }
        };
    }

    /** Return the stream of messages, to pass on the messages of another program. */
    public PrintStream messages() {
        out.flush();
        return err;
    }

    public void tell(Diagnostic diagnostic) {
        tell(DiagnosticText.of(diagnostic, messagePaint(), redaction::apply));
    }

    public void tell(Iterable<Diagnostic> diagnostics) {
        diagnostics.forEach(this::tell);
    }

    /** Ask a question, and return whether the answer is {@code y} or {@code yes}. Without a user, the answer is no. */
    public boolean confirm(String question) {
        return canAsk() && Set.of("y", "yes").contains(ask(question + " [y/N] ").toLowerCase(Locale.ROOT));
    }

    /** Ask a question, and return the line of the answer; empty without a user. */
    public String ask(String question) {
        if (!canAsk()) {
            return "";
        }
        tellPart(question);
        try {
            var line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line.strip();
        } catch (IOException closed) {
            return "";
        }
    }

    /** Return the input as a stream, for a command that passes it on. */
    public InputStream input() {
        return in;
    }

    /** Return the output as a stream, for bytes that another program wrote. */
    public PrintStream output() {
        return out;
    }

    /** Flush the output. */
    public void flush() {
        out.flush();
        err.flush();
    }
}
