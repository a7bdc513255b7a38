package dev.paddock.host.machine;

import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The result of running a minimal VM with KVM: three instructions at the reset vector, which end QEMU through its
 * debug-exit device.
 *
 * <p>Success proves less than one would like: on a CPU without virtualization extensions, a kernel may get this far and
 * then hang on a complete operating system. Failure proves that KVM is unusable.
 */
public enum KvmTrial {
    NOT_TRIED,
    RAN,
    /** It ended differently than the program requests, or not in time. */
    FAILED;

    private static final int FIRMWARE_SIZE = 0x10000;
    private static final int RESET_VECTOR = 0xfff0;
    private static final byte HALT = (byte) 0xf4;
    /** mov al, 0x10; out 0xf4, al; hlt. */
    private static final byte[] CODE = {(byte) 0xb0, 0x10, (byte) 0xe6, (byte) 0xf4, HALT};

    /** QEMU's isa-debug-exit ends with twice the written value plus one. */
    private static final int EXPECTED_EXIT = 0x10 * 2 + 1;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    static KvmTrial with(Path emulator) {
        return run(emulator, "kvm");
    }

    static KvmTrial run(Path emulator, String accelerator) {
        try {
            var firmware = Files.createTempFile("paddock-", ".bin");
            try {
                Files.write(firmware, firmware());
                var outcome = Program.of(
                                emulator.toString(),
                                "-accel",
                                accelerator,
                                "-machine",
                                "pc",
                                "-m",
                                "2",
                                "-nodefaults",
                                "-display",
                                "none",
                                "-no-reboot",
                                "-bios",
                                firmware.toString(),
                                "-device",
                                "isa-debug-exit,iobase=0xf4,iosize=0x04")
                        .withLimit(LIMIT)
                        .run();
                return outcome instanceof ProcessResult.Ended ended && ended.exitCode() == EXPECTED_EXIT ? RAN : FAILED;
            } finally {
                Files.deleteIfExists(firmware);
            }
        } catch (IOException noRoom) {
            return NOT_TRIED;
        }
    }

    private static byte[] firmware() {
        var firmware = new byte[FIRMWARE_SIZE];
        Arrays.fill(firmware, HALT);
        System.arraycopy(CODE, 0, firmware, RESET_VECTOR, CODE.length);
        return firmware;
    }
}
