package dev.paddock.host.image;

import dev.paddock.host.packages.DebianMirror;
import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;
import dev.paddock.host.process.CurrentUser;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds the image {@code debian}: a bootable disk with cloud-init, ssh and guest agents.
 *
 * <p>It needs no block device: the file system is made from a folder, and the boot loader is written to its place, a
 * few sectors before the first partition.
 */
final class DebianBuild {
    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final int SECTOR = 512;
    private static final int PARTITION_START = 2048;
    private static final long SIZE = 3L << 30;
    private static final long MIB = 1 << 20;

    /** The offset of the first partition in a boot sector, and its signature. */
    private static final int PARTITION_ENTRY = 446;

    private static final int PARTITION_ENTRY_SIZE = 16;

    private static final byte ACTIVE = (byte) 0x80;
    private static final byte LINUX = (byte) 0x83;

    private DebianBuild() {}

    /**
     * Build the image.
     *
     * @param work a folder to create, not needed afterwards
     * @param agent the program that serves commands from outside
     * @param disk the file to create
     */
    static void build(Path work, Path agent, Path disk) throws ImageException, IOException {
        require();
        Files.createDirectory(work);
        var system = work.resolve("system");
        // The namespace is private and takes its mounts with it, however the program ends.
        var isolated = new ArrayList<>(List.of("--mount", "--fork", "--kill-child", "mmdebstrap"));
        isolated.addAll(options(system));
        run("unshare", isolated);
        Files.copy(agent, system.resolve("usr/bin/paddock-agent"));
        var script = system.resolve("settle.sh");
        Files.writeString(script, text("settle.sh"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        run("chroot", List.of(system.toString(), "/settle.sh"));
        Files.delete(script);
        var raw = work.resolve("disk.raw");
        write(system, raw);
        run("qemu-img", List.of("convert", "-f", "raw", "-O", "qcow2", raw.toString(), disk.toString()));
    }

    private static void require() throws ImageException {
        if (!CurrentUser.read().isRoot()) {
            throw ImageException.notBuilt(
                    "Files of a whole system belong to several users, and only root can make those.",
                    "Run the same command as root, for example with sudo.");
        }
        var missing = MissingPackages.missing(PackagePurpose.DEBIAN);
        if (!missing.isEmpty()) {
            throw new ImageException(MissingPackages.explain(PackagePurpose.DEBIAN, missing));
        }
    }

    private static List<String> options(Path system) throws IOException {
        var packages = String.join(",", text("packages").lines().toList());
        var options = new ArrayList<>(List.of(
                "--quiet",
                "--mode=root",
                "--variant=minbase",
                "--aptopt=APT::Install-Recommends \"false\"",
                "--dpkgopt=path-exclude=/usr/share/man/*",
                "--dpkgopt=path-exclude=/usr/share/locale/*",
                "--dpkgopt=path-exclude=/usr/share/doc/*",
                "--dpkgopt=path-include=/usr/share/doc/*/copyright",
                "--include=" + packages));
        DebianMirror.options().forEach(option -> options.add("--aptopt=" + option));
        options.addAll(List.of(suite(), system.toString()));
        return options;
    }

    /**
     * Return the release of this machine's Debian, because its packages are at hand; on other systems, the stable
     * release.
     */
    private static String suite() throws IOException {
        var facts = Files.readAllLines(Path.of("/etc/os-release"));
        return facts.contains("ID=debian")
                ? facts.stream()
                        .filter(line -> line.startsWith("VERSION_CODENAME="))
                        .map(line -> line.substring("VERSION_CODENAME=".length()))
                        .findFirst()
                        .orElse("stable")
                : "stable";
    }

    /** Write a disk with one partition, preceded by its boot loader. */
    private static void write(Path system, Path raw) throws ImageException, IOException {
        var loader = system.resolve("boot/grub/i386-pc");
        var boot = Files.readAllBytes(loader.resolve("boot.img"));
        var core = Files.readAllBytes(loader.resolve("core.img"));
        if (boot.length != SECTOR || core.length > (PARTITION_START - 1) * SECTOR) {
            throw ImageException.notBuilt(
                    "Debian's boot loader is not what it was: " + boot.length + " and " + core.length + " bytes.",
                    "Report this as a bug in paddock.");
        }
        try (var file = FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(withPartition(boot)), 0);
            file.write(ByteBuffer.wrap(core), SECTOR);
            // Sets the length of the disk.
            file.write(ByteBuffer.allocate(1), SIZE - 1);
        }
        var blocks = (SIZE - (long) PARTITION_START * SECTOR) / MIB;
        run(
                "mke2fs",
                List.of(
                        "-q",
                        "-F",
                        "-t",
                        "ext4",
                        "-L",
                        "root",
                        // GRUB 2.06 supports neither.
                        "-O",
                        "^metadata_csum_seed,^orphan_file",
                        "-E",
                        "offset=" + (long) PARTITION_START * SECTOR,
                        "-d",
                        system.toString(),
                        raw.toString(),
                        blocks + "M"));
    }

    private static byte[] withPartition(byte[] boot) {
        var sector = ByteBuffer.wrap(boot.clone()).order(ByteOrder.LITTLE_ENDIAN);
        // Cylinder addresses are obsolete; these values say that the others count.
        sector.position(PARTITION_ENTRY)
                .put(ACTIVE)
                .put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff})
                .put(LINUX)
                .put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff})
                .putInt(PARTITION_START)
                .putInt((int) (SIZE / SECTOR) - PARTITION_START)
                // The file has code for floppies there, and GRUB rejects a table with an invalid entry.
                .put(new byte[3 * PARTITION_ENTRY_SIZE]);
        return sector.array();
    }

    private static void run(String program, List<String> arguments) throws ImageException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        var outcome = new Program(command, Map.of("LC_ALL", "C.UTF-8"), LIMIT).run();
        if (!outcome.isSuccess()) {
            throw ImageException.notBuilt(
                    "`" + program + "` failed: " + tail(outcome.explanation()),
                    "Fix the problem above, and run the same command again.");
        }
    }

    private static String tail(String text) {
        var lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static String text(String name) throws IOException {
        try (InputStream resource = DebianBuild.class.getResourceAsStream("debian/" + name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar. This is a bug in paddock.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
