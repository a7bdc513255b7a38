package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A lab in which a keeper keeps one pool, and the commands of those who use it. */
final class PoolLab implements AutoCloseable {
    private static final String PLAYBOOK = "pool.yaml";
    private static final String LOG = "/var/log/libvirt/paddock.log";
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Lab lab;
    private final String uri;
    private final String pool;
    private final Path folder;
    private final Shell shell;
    private Paddock keeper;

    private PoolLab(Lab lab, String pool, Path folder, String playbook) throws LabException {
        this.lab = lab;
        this.uri = lab.start().uri();
        this.pool = pool;
        this.folder = folder;
        this.shell = new Shell(new LibvirtConnector(), folder);
        shell.file(PLAYBOOK, playbook);
        apply();
        this.keeper = process();
    }

    /** Start a lab of this name, declare what the playbook says, and serve until the pool is full. */
    static PoolLab start(String name, String pool, Path folder, String playbook) throws LabException {
        var started = new PoolLab(Labs.lab(name), pool, folder, playbook);
        started.awaitFull();
        return started;
    }

    private Paddock process() throws LabException {
        // A shell between, as nsenter would stand still with a keeper that does.
        var before = lab.command(List.of("sh", "-c", "\"$@\" 2>>" + LOG + "; exit $?", "sh"));
        return Paddock.start(folder, before, List.of(), "serve");
    }

    /** Start the keeper again, which was killed. */
    void serve() throws LabException {
        keeper = process();
        until(() -> Files.exists(socket()) && run("pool", "list").exitCode() == 0);
    }

    void killKeeper() throws LabException {
        signalKeeper("KILL");
        keeper.end();
    }

    void signalKeeper(String signal) throws LabException {
        inside("kill -" + signal + " $(cat /var/lib/libvirt/paddock/keeper/lock)");
    }

    /** Plan and apply the playbook again, with other variables. */
    void apply(String... options) {
        shell.applied(Stream.concat(Stream.of("-c", uri, shell.path(PLAYBOOK)), Arrays.stream(options))
                .toArray(String[]::new));
    }

    /** Write a file, and return its path as an argument. */
    String file(String name, String text) {
        return shell.file(name, text);
    }

    Path socket() {
        return lab.endpoint().socket().resolveSibling("paddock.sock");
    }

    /** Run a script as root of the lab, and return what it prints. */
    String inside(String script) throws LabException {
        var outcome = lab.capture(List.of("sh", "-c", script));
        assertThat(outcome).isInstanceOf(ProcessResult.Ended.class);
        return ((ProcessResult.Ended) outcome).output().strip();
    }

    void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(run("pool", "logs").all()).isLessThan(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interruption);
            }
        }
    }

    /** Wait until as many guests are ready as are to be warm. */
    void awaitFull() {
        until(() -> {
            var status = run("pool", "status", pool, "-o", "json");
            return status.exitCode() == 0
                    && status.json().path("ready").asInt()
                            == status.json().path("warm").asInt();
        });
    }

    Shell.Result run(String... arguments) {
        return shell.run(
                Stream.concat(Stream.of("-c", uri), Arrays.stream(arguments)).toArray(String[]::new));
    }

    Shell.Result succeeds(String... arguments) {
        var result = run(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result;
    }

    JsonNode status() {
        return succeeds("pool", "status", pool, "-o", "json").json();
    }

    JsonNode leases() {
        return succeeds("pool", "list", "--leases", "-o", "json").json();
    }

    String logs() {
        return succeeds("pool", "logs").output();
    }

    JsonNode acquire(String... options) {
        return succeeds(Stream.concat(Stream.of("acquire", pool), Arrays.stream(options))
                        .toArray(String[]::new))
                .json();
    }

    /** Run a script in a guest that is lent, and return what it prints. */
    String in(JsonNode lease, String script) {
        return succeeds("exec", lease.path("id").asText(), "--", "sh", "-c", script)
                .output();
    }

    void release(JsonNode lease) {
        succeeds("pool", "release", lease.path("id").asText());
    }

    @Override
    public void close() throws LabException {
        keeper.close();
        lab.stop();
    }
}
