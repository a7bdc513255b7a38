package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.host.lab.Lab;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keeper as a service of systemd. */
@Timeout(180)
class ServeIT {
    private static final String READY = "READY=1";
    private static final String WELL = "WATCHDOG=1";
    private static final String STOPPING = "STOPPING=1";

    /** Listens as systemd does, and writes what it is told, a line each. */
    private static final String LISTENER = """
            $| = 1;
            my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die $!;
            print "listening\\n";
            my $word;
            print "$word\\n" while defined $socket->recv($word, 4096);
            """;

    @TempDir
    Path folder;

    @Test
    void itsServiceManagerIsToldThatItServesThatItIsWellAndThatItEnds() throws Exception {
        var lab = Labs.lab("served");
        var uri = lab.start().uri();
        var socket = folder.resolve("notify").toString();
        var told = folder.resolve("told");
        var listener = new ProcessBuilder("perl", "-MIO::Socket::UNIX", "-e", LISTENER, socket)
                .redirectOutput(told.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            await(told, "listening");
            var keeper =
                    Paddock.start(folder, lab.command(List.of("env", "NOTIFY_SOCKET=" + socket)), List.of(), "serve");

            await(told, READY);
            var shell = new Shell(new LibvirtConnector(), folder);
            assertThat(shell.run("-c", uri, "pool", "list").exitCode()).isZero();
            await(told, WELL);
            end(lab);

            keeper.end();
            await(told, STOPPING);
            assertThat(Files.readAllLines(told).stream().distinct())
                    .containsExactly("listening", READY, WELL, STOPPING);
        } finally {
            listener.destroyForcibly();
            lab.stop();
        }
    }

    private static void end(Lab lab) throws Exception {
        assertThat(lab.capture(List.of("sh", "-c", "kill -TERM $(cat /var/lib/libvirt/paddock/keeper/lock)"))
                        .isSuccess())
                .isTrue();
    }

    /** The timeout of the test is that of whoever waits in vain. */
    private static void await(Path file, String line) throws IOException, InterruptedException {
        while (!Files.readAllLines(file).contains(line)) {
            Thread.sleep(50);
        }
    }

    @Test
    void systemdHasNothingToSayAgainstItsUnit() throws Exception {
        assumeTrue(Program.isInstalled("systemd-analyze"), "systemd-analyze is not installed, which checks units");
        var home = Path.of(System.getProperty("paddock.home", "../.."))
                .toAbsolutePath()
                .normalize();
        Shell.Result printed;
        try (var paddock = Paddock.start(folder, List.of(), List.of("-Dpaddock.home=" + home), "serve", "--unit")) {
            printed = paddock.end();
        }
        var unit = Files.writeString(folder.resolve("paddock.service"), printed.output());

        var verified = Program.of("systemd-analyze", "verify", "--man=no", unit.toString())
                .run();

        assertThat(verified).isEqualTo(new ProcessResult.Ended(0, "", ""));
    }
}
