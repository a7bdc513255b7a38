package dev.paddock.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program in C that claims a guest, with a session that is open. */
final class Claimant {
    private final Process process;
    private final OutputStream words;
    private final BufferedReader answers;

    private Claimant(Process process) {
        this.process = process;
        this.words = process.getOutputStream();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /**
     * What claiming took, in milliseconds.
     *
     * @param taken by all of it, as the caller has it
     * @param claim until the guest had answered
     * @param hangUp until the channel was free
     */
    record Claimed(double taken, double claim, double hangUp) {}

    static Claimant open(Path program, String uri, String guest) throws IOException {
        var claimant = new Claimant(new ProcessBuilder(program.toString(), uri, guest)
                .redirectError(Redirect.INHERIT)
                .start());
        claimant.answer();
        return claimant;
    }

    Claimed claim() throws IOException {
        var start = System.nanoTime();
        words.write('\n');
        words.flush();
        var micros = answer().split(" ", 2);
        return new Claimed(
                (System.nanoTime() - start) / 1e6,
                Double.parseDouble(micros[0]) / 1e3,
                Double.parseDouble(micros[1]) / 1e3);
    }

    private String answer() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("The program in C cannot claim the guest.");
        }
        return line;
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }
}
