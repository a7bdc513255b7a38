package dev.paddock.cli.console;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.report.Json;
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
 * What a command reads from and writes to: the only way to the standard streams.
 *
 * <p>Output is what was asked for and what other programs read; messages are for people. Both are UTF-8.
 */
public final class Console {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Set<Terminal> terminals;
    private final boolean color;
    private final Redaction redaction;

    /** The standard streams that may be a terminal. */
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
     * @param terminals which of the streams are a terminal
     * @param color whether colors are wanted where there is a terminal
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
     * <p>Whether a stream is a terminal comes from the launcher, in the property {@code paddock.terminals}, as the digits
     * of the descriptors: Java itself takes 30 ms to find out.
     */
    public static Console ofProcess() {
        return ofProcess(new StandardOutput(FileDescriptor.out));
    }

    public static Console ofProcess(StandardOutput output) {
        var digits = System.getProperty("paddock.terminals", "");
        // An EnumSet would have to find out the constants by reflection, which takes longer than all the rest of this.
        var terminals = new HashSet<Terminal>();
        for (var terminal : Terminal.values()) {
            if (digits.indexOf(terminal.descriptor) >= 0) {
                terminals.add(terminal);
            }
        }
        // See no-color.org: any value but the empty one counts.
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

    /** Return this console, which from now on prints none of these texts. */
    public Console withSecrets(Set<String> secrets) {
        return new Console(in, out, err, terminals, color, redaction.plus(secrets));
    }

    /** Return plain values, as {@link Json} takes them, as they may be printed or saved. */
    public @Nullable Object withoutSecrets(Object value) {
        return redaction.apply(value);
    }

    /** Write plain values as JSON. */
    public void printJson(Object value) {
        out.println(Json.write(withoutSecrets(value)));
    }

    public boolean isTerminal(Terminal terminal) {
        return terminals.contains(terminal);
    }

    /** Return whether somebody is there who can be asked. */
    public boolean canAsk() {
        return isTerminal(Terminal.INPUT) && isTerminal(Terminal.MESSAGES);
    }

    /** Return how output is painted: in colors where it goes to a terminal. */
    public AnsiStyle outputPaint() {
        return AnsiStyle.of(color && isTerminal(Terminal.OUTPUT));
    }

    /** Return how messages are painted. */
    public AnsiStyle messagePaint() {
        return AnsiStyle.of(color && isTerminal(Terminal.MESSAGES));
    }

    /** Write a line of output. */
    public void print(String line) {
        out.println(redaction.apply(line));
    }

    /** Write output as it is, without a line break of its own. */
    public void write(String text) {
        out.print(redaction.apply(text));
    }

    /** Write a line for people. */
    public void tell(String line) {
        out.flush();
        err.println(redaction.apply(line));
    }

    /** Write for people without a line break, as progress and questions do. */
    public void tellPart(String text) {
        out.flush();
        err.print(redaction.apply(text));
        err.flush();
    }

    /**
     * Return the output as a stream, to pass on what another program writes. Unlike a {@link PrintStream} it says so when
     * nothing can be written any more.
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

    /** Return the stream of messages, to pass on what another program says. */
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

    /** Ask, and return whether the answer is {@code y} or {@code yes}; without anybody to ask it is no. */
    public boolean confirm(String question) {
        return canAsk() && Set.of("y", "yes").contains(ask(question + " [y/N] ").toLowerCase(Locale.ROOT));
    }

    /** Ask, and return the line that is answered; empty when there is nobody to ask. */
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

    /** Return the stream of input, for a command that hands it on. */
    public InputStream input() {
        return in;
    }

    /** Return the stream of output, for bytes that somebody else wrote. */
    public PrintStream output() {
        return out;
    }

    /** Write out what is still held back. */
    public void flush() {
        out.flush();
        err.flush();
    }
}
