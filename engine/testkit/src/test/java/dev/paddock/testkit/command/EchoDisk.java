package dev.paddock.testkit.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;

/** The image of a disk with a program in its first sector that writes to the serial console all that is typed at it. */
final class EchoDisk {
    /** What it writes when it is there. */
    static final String HELLO = "R";

    private static final int SECTOR = 512;
    private static final int SIZE = 1 << 20;

    /**
     * In 16 bit code: allow interrupts, write 'R' to the first serial port; then at each tick of the clock look whether
     * there is a byte, and write it back.
     */
    private static final byte[] PROGRAM = HexFormat.of()
            .parseHex("fb" + "baf803" + "b052" + "ee" + "f4" + "bafd03" + "ec" + "a801" + "74f7" + "b2f8" + "ec" + "ee"
                    + "ebf1");

    private EchoDisk() {}

    /** Write it into a folder that QEMU's user may then look into, and return its path. */
    static Path in(Path folder) {
        var image = new byte[SIZE];
        System.arraycopy(PROGRAM, 0, image, 0, PROGRAM.length);
        // By this a BIOS knows that there is something to boot.
        image[SECTOR - 2] = 0x55;
        image[SECTOR - 1] = (byte) 0xaa;
        Arrays.fill(image, SECTOR, SIZE, (byte) 0);
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Files.write(folder.resolve("echo.img"), image);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
