package dev.paddock.host.libvirt.domain;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.DomainWriteCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.binding.ReadCalls;
import dev.paddock.host.libvirt.binding.TypedParameters;
import dev.paddock.host.libvirt.connection.MetadataPrefix;
import dev.paddock.host.libvirt.connection.WritableKind;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.libvirt.network.NetworkUpdater;
import dev.paddock.host.machine.LibvirtMachine;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes VMs. */
public final class DomainWriter implements WritableKind {
    /** virDomainDefineFlags: VIR_DOMAIN_DEFINE_VALIDATE. */
    private static final int VALIDATE = 1;

    /** virDomainCreateFlags: VIR_DOMAIN_START_PAUSED. */
    private static final int PAUSED = 1;

    /** virDomainModificationImpact: VIR_DOMAIN_AFFECT_LIVE. */
    private static final int LIVE = 1;

    /** virDomainUndefineFlagsValues: MANAGED_SAVE, SNAPSHOTS_METADATA, NVRAM, CHECKPOINTS_METADATA. */
    private static final int WITH_ALL = 1 | 2 | 4 | 16;

    /** The same with KEEP_NVRAM in place of NVRAM. */
    private static final int WITHOUT_VARIABLES = 1 | 2 | 8 | 16;

    private final LibvirtMachine machine;

    private @Nullable FileCheck files;

    public DomainWriter(LibvirtMachine machine) {
        this.machine = machine;
    }

    @Override
    public void define(WriteConnection connection, Action.Define define) {
        var declared = NetworkUpdater.parsed(define.xml());
        var separated = UefiVariables.separated(connection, declared);
        var xml = separated.equals(declared) ? define.xml() : XmlWriter.write(separated);
        var guest = connection.validates()
                ? DomainWriteCalls.virDomainDefineXMLFlags(connection.pointer(), xml, define.validate() ? VALIDATE : 0)
                : DomainWriteCalls.virDomainDefineXML(connection.pointer(), xml);
        if (guest == null) {
            throw connection.failure();
        }
        DomainCalls.virDomainFree(guest);
    }

    @Override
    public void undefine(WriteConnection connection, String name) {
        with(connection, name, guest -> {
            if (DomainCalls.virDomainIsPersistent(guest) != 1) {
                return;
            }
            var flags = UefiVariables.isShared(connection, guest) ? WITHOUT_VARIABLES : WITH_ALL;
            if (DomainWriteCalls.virDomainUndefineFlags(guest, flags) < 0) {
                var error = LibvirtError.take();
                // Not every driver supports all parts of a VM.
                var failed = error.code() != LibvirtError.NO_SUPPORT
                        && error.code() != LibvirtError.INVALID_ARGUMENT
                        && error.code() != LibvirtError.ARGUMENT_UNSUPPORTED;
                if (failed || DomainWriteCalls.virDomainUndefine(guest) < 0) {
                    throw connection.failure(failed ? error : LibvirtError.take());
                }
            }
        });
    }

    @Override
    public void start(WriteConnection connection, String name) {
        start(connection, name, 0);
    }

    private void start(WriteConnection connection, String name, int flags) {
        require(connection, name, guest -> {
            if (GuestState.of(connection, guest).isActive()) {
                return;
            }
            var check = files(connection);
            definition(guest).ifPresent(check::require);
            if (DomainWriteCalls.virDomainCreateWithFlags(guest, flags) < 0) {
                var failure = connection.failure();
                if (failure.failure() == Failure.LOST
                        || !GuestState.of(connection, guest).isActive()) {
                    throw failure.failure() == Failure.LOST ? failure : check.explained(failure);
                }
            }
        });
    }

    private synchronized FileCheck files(WriteConnection connection) {
        var known = files;
        if (known == null) {
            known = new FileCheck(machine, QemuUser.of(connection, machine));
            files = known;
        }
        return known;
    }

    /** Return the definition that the next start uses. */
    public static Optional<Element> definition(Pointer guest) {
        var text = DomainCalls.virDomainGetXMLDesc(guest, DomainReader.INACTIVE);
        if (text == null) {
            ReadCalls.virResetLastError();
            return Optional.empty();
        }
        try {
            return Optional.of(XmlReader.read(ClientLibrary.take(text)));
        } catch (XmlException malformed) {
            return Optional.empty();
        }
    }

    /** Power off. */
    @Override
    public void stop(WriteConnection connection, String name) {
        with(connection, name, guest -> {
            if (GuestState.of(connection, guest).isActive() && DomainWriteCalls.virDomainDestroy(guest) < 0) {
                var failure = connection.failure();
                if (failure.failure() == Failure.LOST
                        || GuestState.of(connection, guest).isActive()) {
                    throw failure;
                }
            }
        });
    }

    @Override
    public void autostart(WriteConnection connection, String name, boolean enabled) {
        require(
                connection,
                name,
                guest -> check(connection, DomainWriteCalls.virDomainSetAutostart(guest, enabled ? 1 : 0)));
    }

    @Override
    public void update(WriteConnection connection, Action.UpdateNetwork update) {
        throw new IllegalArgumentException(update.target() + " is no network. This is a bug in this tool.");
    }

    @Override
    public void replug(WriteConnection connection, String name, ProgressListener progress) {
        throw new IllegalArgumentException(name + " is no network. This is a bug in this tool.");
    }

    @Override
    public void perform(WriteConnection connection, Action.Guest action, ProgressListener progress) {
        var name = action.target().name();
        switch (action) {
            case Action.Shutdown shutdown ->
                with(connection, name, guest -> shutDown(connection, guest, shutdown, progress));
            case Action.StartPaused start -> start(connection, name, PAUSED);
            case Action.Rename rename ->
                with(connection, name, guest -> {
                    if (DomainWriteCalls.virDomainRename(guest, rename.name(), 0) < 0) {
                        throw connection.failure();
                    }
                });
            case Action.Suspend suspend -> require(connection, name, guest -> suspend(connection, guest));
            case Action.Resume resume -> require(connection, name, guest -> resume(connection, guest));
            case Action.AttachDevice attach ->
                require(connection, name, guest -> LiveDevices.attach(connection, guest, attach.xml()));
            case Action.UpdateDevice update ->
                require(
                        connection,
                        name,
                        guest -> check(
                                connection, DomainWriteCalls.virDomainUpdateDeviceFlags(guest, update.xml(), LIVE)));
            case Action.DetachDevice detach ->
                require(connection, name, guest -> LiveDevices.detach(connection, guest, detach.xml()));
            case Action.SetMemory memory ->
                require(
                        connection,
                        name,
                        guest -> check(
                                connection,
                                DomainWriteCalls.virDomainSetMemoryFlags(
                                        guest, new NativeLong(memory.kibibytes()), LIVE)));
            case Action.SetVcpus vcpus ->
                require(
                        connection,
                        name,
                        guest ->
                                check(connection, DomainWriteCalls.virDomainSetVcpusFlags(guest, vcpus.count(), LIVE)));
            case Action.SetMemoryStatistics statistics ->
                require(
                        connection,
                        name,
                        guest -> check(
                                connection,
                                DomainWriteCalls.virDomainSetMemoryStatsPeriod(guest, statistics.seconds(), LIVE)));
            case Action.SetIoTune tune -> require(connection, name, guest -> tune(connection, guest, tune));
        }
    }

    @Override
    public void setMetadata(WriteConnection connection, Action.SetMetadata metadata) {
        require(connection, metadata.target().name(), guest -> setMetadata(connection, guest, metadata));
    }

    private static void tune(WriteConnection connection, Pointer guest, Action.SetIoTune tune) {
        try (var parameters = TypedParameters.of(tune.limits(), tune.group())) {
            check(
                    connection,
                    DomainWriteCalls.virDomainSetBlockIoTune(
                            guest, tune.disk(), parameters.pointer(), parameters.count(), LIVE));
        }
    }

    private static void setMetadata(WriteConnection connection, Pointer guest, Action.SetMetadata metadata) {
        check(
                connection,
                DomainWriteCalls.virDomainSetMetadata(
                        guest,
                        metadata.what().number(),
                        metadata.text().orElse(null),
                        metadata.space()
                                .map(space -> MetadataPrefix.of(metadata))
                                .orElse(null),
                        metadata.space().orElse(null),
                        LIVE));
    }

    private static void suspend(WriteConnection connection, Pointer guest) {
        if (GuestState.of(connection, guest) != GuestState.PAUSED) {
            check(connection, DomainWriteCalls.virDomainSuspend(guest));
        }
    }

    private static void resume(WriteConnection connection, Pointer guest) {
        if (GuestState.of(connection, guest) == GuestState.PAUSED) {
            check(connection, DomainWriteCalls.virDomainResume(guest));
        }
    }

    /** A VM with stopped processors does not react, so it is resumed first. */
    private static void shutDown(
            WriteConnection connection, Pointer guest, Action.Shutdown shutdown, ProgressListener progress) {
        if (!GuestState.of(connection, guest).isActive()) {
            return;
        }
        resume(connection, guest);
        if (Shutdown.ask(connection, guest, shutdown.patience())) {
            return;
        }
        if (!shutdown.force()) {
            throw new HostException(
                    Failure.REFUSED,
                    0,
                    0,
                    "The guest was asked to shut down, and has not within "
                            + shutdown.patience().toSeconds()
                            + " seconds. Give it longer, shut it down from inside, or allow its power to be cut with"
                            + " shutdown: {force: true}.");
        }
        progress.told("It has not shut down within " + shutdown.patience().toSeconds() + " seconds: its power is cut.");
        if (DomainWriteCalls.virDomainDestroy(guest) < 0) {
            var failure = connection.failure();
            if (failure.failure() == Failure.LOST
                    || GuestState.of(connection, guest).isActive()) {
                throw failure;
            }
        }
    }

    private static void check(WriteConnection connection, int result) {
        if (result < 0) {
            throw connection.failure();
        }
    }

    /** Apply a function to a VM, which must exist. */
    public static <T> T using(WriteConnection connection, String name, Function<Pointer, T> use) {
        var handle = lookup(connection, name).orElseThrow(() -> MissingDomain.of(name));
        try {
            return use.apply(handle);
        } finally {
            DomainCalls.virDomainFree(handle);
        }
    }

    private static void require(WriteConnection connection, String name, Consumer<Pointer> use) {
        if (!with(connection, name, use)) {
            throw MissingDomain.of(name);
        }
    }

    /** Apply an operation to a VM; false if it does not exist. */
    private static boolean with(WriteConnection connection, String name, Consumer<Pointer> use) {
        var guest = lookup(connection, name);
        guest.ifPresent(handle -> {
            try {
                use.accept(handle);
            } finally {
                DomainCalls.virDomainFree(handle);
            }
        });
        return guest.isPresent();
    }

    private static Optional<Pointer> lookup(WriteConnection connection, String name) {
        var guest = DomainCalls.virDomainLookupByName(connection.pointer(), name);
        if (guest != null) {
            return Optional.of(guest);
        }
        var error = LibvirtError.take();
        if (error.isAbsence()) {
            return Optional.empty();
        }
        throw connection.failure(error);
    }
}
