package dev.paddock.host.libvirt.guest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.jna.Pointer;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.GuestAddress;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Readiness;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.domain.DomainWriter;
import dev.paddock.host.libvirt.domain.GuestState;
import dev.paddock.host.libvirt.domain.SerialTail;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.Deadline;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits until a VM is ready, by polling: there are no events for what happens inside a guest.
 *
 * <p>Each check is a separate call, so that a VM that takes minutes does not occupy one of the host's threads.
 */
public final class ReadinessWaiter {
    /** cloud-init writes it at the end of each boot. */
    private static final List<String> FIRST_BOOT = List.of("cat", "/run/cloud-init/result.json");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final int PATIENCE_FOR_ANSWERS = 5;
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(30);

    /** How often a wait is reported. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** Makes calls for the VM on the host's threads. */
    public interface Calls {
        <T> T with(String guest, Function<Pointer, T> use);
    }

    private final WriteConnection connection;
    private final LibvirtMachine machine;
    private final Calls calls;
    private final String guest;
    private final Readiness wanted;
    private final ProgressListener progress;

    public ReadinessWaiter(
            WriteConnection connection,
            LibvirtMachine machine,
            Calls calls,
            Action.AwaitReady action,
            ProgressListener progress) {
        this.connection = connection;
        this.machine = machine;
        this.calls = calls;
        this.guest = action.target().name();
        this.wanted = action.wanted();
        this.progress = progress;
    }

    /**
     * The progress towards readiness.
     *
     * @param document of the running VM; absent if it does not run
     * @param missing the missing conditions, in words
     */
    private record Look(Optional<Element> document, List<GuestAddress> addresses, List<String> missing) {}

    public void await() {
        var deadline = Deadline.after(wanted.patience());
        var told = Duration.ZERO;
        var pause = FIRST_PAUSE;
        while (true) {
            var look = look();
            if (look.document().isEmpty()) {
                throw failed("It has ended, and was still waited for. paddock vm log --qemu tells why.", look);
            }
            if (look.missing().isEmpty()) {
                progress.told(ready(look));
                return;
            }
            if (deadline.isOver()) {
                throw failed(
                        "After " + wanted.patience().toSeconds() + " seconds it still lacks "
                                + String.join(" and ", look.missing()) + ".",
                        look);
            }
            if (progress.hasLeft()) {
                throw failed(
                        "Nobody waits for it any more; it lacks " + String.join(" and ", look.missing()) + ".", look);
            }
            var waited = deadline.elapsed();
            if (waited.minus(told).compareTo(SILENCE) >= 0) {
                progress.told(
                        "Waiting for %s... [%ds]".formatted(String.join(" and ", look.missing()), waited.toSeconds()));
                told = waited;
            }
            if (!PollInterval.of(pause)) {
                throw failed("Interrupted.", look);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static String ready(Look look) {
        return look.addresses().stream()
                .filter(GuestAddress::isReachable)
                .findFirst()
                .map(address -> "Ready, at " + address.address() + " ("
                        + address.source().label() + ").")
                .orElse("Ready.");
    }

    private Look look() {
        var seen = calls.with(guest, this::seen);
        if (seen.document().isEmpty()) {
            return seen;
        }
        List<String> missing = new ArrayList<>(seen.missing());
        if (wanted.ssh() && missing.isEmpty() && !answersBySsh(seen.addresses())) {
            missing.add("an ssh server that answers");
        }
        if (wanted.cloudInit() && missing.isEmpty() && !isFirstBootDone()) {
            missing.add("cloud-init to finish");
        }
        if (!wanted.command().isEmpty() && missing.isEmpty() && !commandSucceeds()) {
            missing.add("`" + String.join(" ", wanted.command()) + "` to succeed");
        }
        return new Look(seen.document(), seen.addresses(), missing);
    }

    /** Return the state according to libvirt. */
    private Look seen(Pointer handle) {
        if (!GuestState.of(connection, handle).isActive()) {
            return new Look(Optional.empty(), List.of(), List.of());
        }
        var document = live(handle);
        var channels = Channels.connected(document);
        var agent = channels.contains(Channels.OWN_AGENT)
                || (channels.contains(Channels.QEMU_AGENT) && agent(handle).answers());
        List<String> missing = new ArrayList<>();
        if (wanted.agent() && !agent) {
            missing.add("its agent");
        }
        List<GuestAddress> addresses = new ArrayList<>(GuestAddresses.of(handle, GuestAddress.Source.LEASE));
        if (agent && channels.contains(Channels.QEMU_AGENT)) {
            addresses.addAll(GuestAddresses.of(handle, GuestAddress.Source.AGENT));
        }
        addresses.removeIf(address -> !address.isReachable());
        if (addresses.isEmpty()) {
            addresses.addAll(NeighborTable.of(machine)
                    .map(table -> table.addresses(document))
                    .orElseGet(() -> GuestAddresses.of(handle, GuestAddress.Source.ARP)));
            addresses.removeIf(address -> !address.isReachable());
        }
        if ((wanted.address() || wanted.ssh()) && addresses.isEmpty()) {
            missing.add("an address");
        }
        return new Look(Optional.of(document), addresses, missing);
    }

    private Element live(Pointer handle) {
        var text = DomainCalls.virDomainGetXMLDesc(handle, 0);
        if (text == null) {
            throw connection.failure();
        }
        try {
            return XmlReader.read(ClientLibrary.take(text));
        } catch (XmlException malformed) {
            throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
        }
    }

    private boolean answersBySsh(List<GuestAddress> addresses) {
        return addresses.stream().map(GuestAddress::address).distinct().anyMatch(to -> SshProbe.answers(machine, to));
    }

    private boolean isFirstBootDone() {
        var result = result(FIRST_BOOT);
        if (result.path("exitcode").asInt(-1) != 0) {
            return false;
        }
        var errors = FirstBootResult.errors(result.path("out-data").asText(""));
        if (!errors.isEmpty()) {
            throw HostException.of(Diagnostic.error(
                    Code.FIRST_BOOT_FAILED,
                    "cloud-init in " + guest + " has finished with errors: " + String.join("; ", errors) + ".",
                    "See what it says with paddock vm log " + guest
                            + ", and correct cloud_init; a higher 'instance' has"
                            + " all of it done again. To take the guest as it is, write ready: {cloud_init: no}."));
        }
        return true;
    }

    /**
     * Return how a command ended; missing if the agent refuses it, or it exceeds its time limit, and is restarted at the
     * next check.
     */
    private JsonNode result(List<String> command) {
        try {
            return calls.with(guest, handle -> agent(handle).run(command, true, LONGEST_COMMAND));
        } catch (HostException refused) {
            if (refused.failure() == HostException.Failure.LOST) {
                throw refused;
            }
            return MissingNode.getInstance();
        }
    }

    private boolean commandSucceeds() {
        return result(wanted.command()).path("exitcode").asInt(-1) == 0;
    }

    private QemuAgent agent(Pointer handle) {
        return new QemuAgent(handle, connection::failure, PATIENCE_FOR_ANSWERS);
    }

    private HostException failed(String why, Look look) {
        var document = look.document().or(() -> calls.with(guest, DomainWriter::definition));
        var tail = document.flatMap(found -> SerialTail.of(machine, found))
                .map(lines -> " The last that it wrote to its serial console:\n"
                        + lines.indent(4).stripTrailing() + "\n")
                .orElse("");
        return HostException.of(Diagnostic.error(
                Code.NOT_READY,
                why + tail,
                "See what keeps it, with paddock vm log " + guest + " or paddock vm console " + guest
                        + "; or give it longer with ready: {timeout: ...}. Then apply again, which looks again."));
    }
}
