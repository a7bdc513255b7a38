package dev.paddock.host.machine;

import dev.paddock.host.process.Executables;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of KVM on a machine.
 *
 * @param extension the CPU's virtualization extension, {@code vmx} or {@code svm}; empty if the CPU reports neither
 * @param applicable whether the CPU would report such an extension, that is, an x86
 * @param modules the kernel's KVM modules, loaded or built in
 * @param emulator the program that runs VMs, absent if not installed
 */
public record KvmFacts(
        boolean applicable,
        Optional<String> extension,
        Set<String> modules,
        Device device,
        Optional<Path> emulator,
        KvmTrial trial) {
    private static final Path DEVICE = Path.of("/dev/kvm");

    public KvmFacts {
        modules = Set.copyOf(modules);
    }

    /** The state of {@code /dev/kvm}. */
    public enum Device {
        ABSENT,
        DENIED,
        OPENS
    }

    /** Read the facts. The trial runs only if everything else is present, because it takes time to fail. */
    public static KvmFacts read() {
        var architecture = System.getProperty("os.arch", "");
        var applicable = architecture.equals("amd64") || architecture.equals("x86_64");
        var extension = readExtension();
        var device = readDevice();
        var emulator = Executables.find(applicable ? "qemu-system-x86_64" : "qemu-system-" + architecture);
        var worthTrying = applicable && extension.isPresent() && device == Device.OPENS && emulator.isPresent();
        return new KvmFacts(
                applicable,
                extension,
                readModules(),
                device,
                emulator,
                worthTrying ? KvmTrial.with(emulator.get()) : KvmTrial.NOT_TRIED);
    }

    /** Return whether VMs run with KVM; without a trial, whether everything they need is present. */
    public boolean runsGuests() {
        return device == Device.OPENS
                && (!applicable || extension.isPresent())
                && (applicable ? trial == KvmTrial.RAN : !modules.isEmpty());
    }

    private static Optional<String> readExtension() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var flags =
                    lines.filter(line -> line.startsWith("flags")).findFirst().orElse("");
            var words = List.of(flags.substring(flags.indexOf(':') + 1).strip().split("\\s+", -1));
            return List.of("vmx", "svm").stream().filter(words::contains).findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Set<String> readModules() {
        var known = List.of("kvm", "kvm_intel", "kvm_amd");
        return known.stream()
                .filter(name -> Files.isDirectory(Path.of("/sys/module", name)))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static Device readDevice() {
        if (!Files.exists(DEVICE)) {
            return Device.ABSENT;
        }
        try (var file = new RandomAccessFile(DEVICE.toFile(), "rw")) {
            return file.getFD().valid() ? Device.OPENS : Device.DENIED;
        } catch (IOException denied) {
            return Device.DENIED;
        }
    }
}
