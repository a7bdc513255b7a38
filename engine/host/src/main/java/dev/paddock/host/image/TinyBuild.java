package dev.paddock.host.image;

import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the image {@code tiny}: Debian's kernel, and an initramfs with busybox that configures devices and network and
 * runs a shell on the serial console.
 */
final class TinyBuild {
    private static final String KERNEL = "linux-image-amd64";
    private static final String BUSYBOX = "busybox-static";

    private TinyBuild() {}

    /**
     * Build the image.
     *
     * @param work a folder to create, not needed afterwards
     * @param agent the program that serves commands from outside
     */
    static void build(Path work, Path agent, Path kernel, Path initrd) throws ImageException, IOException {
        var packages = new ArrayList<>(DebianPackages.kernel(KERNEL));
        packages.add(BUSYBOX);
        DebianPackages.unpack(packages, work);
        var system = new UnpackedSystem(work);
        KernelFile.unpack(system.kernel(), kernel);
        try (var out = new BufferedOutputStream(Files.newOutputStream(initrd))) {
            initramfs(system)
                    .file("usr/bin/paddock-agent", 0755, Files.readAllBytes(agent))
                    .writeTo(out);
        }
    }

    private static Initramfs initramfs(UnpackedSystem system) throws ImageException, IOException {
        var busybox = system.file("bin/busybox");
        var initramfs = new Initramfs()
                .file("bin/busybox", 0755, Files.readAllBytes(busybox))
                .link("init", "bin/busybox")
                .file("etc/inittab", 0644, text("inittab"))
                .file("etc/rc", 0755, text("rc"))
                .file("etc/rc.shutdown", 0755, text("rc.shutdown"))
                .file("etc/profile", 0644, text("profile"))
                .file("etc/mdev.conf", 0644, text("mdev.conf"))
                .file("etc/acpi/PWRF/00000080", 0755, text("power"))
                .file("etc/passwd", 0644, "root:*:0:0:root:/root:/bin/sh\n")
                .file("etc/group", 0644, "root:x:0:\ntty:x:5:\n")
                .file("etc/hosts", 0644, "127.0.0.1 localhost\n::1 localhost\n")
                .file("sbin/plug-net", 0755, text("plug-net"))
                .file("sbin/plug-port", 0755, text("plug-port"))
                .file("sbin/dhcp", 0755, text("dhcp"))
                .file("usr/lib/paddock/network", 0755, text("renew-net"))
                .folder("root", 0700)
                .folder("tmp", 01777);
        List.of("dev", "mnt", "proc", "run", "sys", "usr/bin", "usr/lib/paddock", "usr/sbin", "var")
                .forEach(folder -> initramfs.folder(folder, 0755));
        for (var applet : applets(busybox)) {
            initramfs.link(applet, "/bin/busybox");
        }
        var wanted = text("modules").lines().toList();
        var modules = KernelModules.pick(system.modules(), wanted);
        var folder = "lib/modules/" + system.modules().getFileName() + "/";
        modules.files().forEach((name, content) -> initramfs.file(folder + name, 0644, content));
        return initramfs
                .file(folder + "modules.dep", 0644, modules.dependencies())
                .file(folder + "modules.alias", 0644, modules.aliases());
    }

    /** Return the paths of busybox's applets, as listed by busybox. */
    private static List<String> applets(Path busybox) throws ImageException {
        var outcome = Program.of(busybox.toString(), "--list-full").run();
        if (outcome instanceof ProcessResult.Ended ended && ended.succeeded()) {
            return ended.output()
                    .lines()
                    .filter(path -> path.contains("/") && !path.equals("bin/busybox"))
                    .toList();
        }
        throw ImageException.notBuilt(
                "busybox does not run on this machine: " + outcome.explanation(),
                "Build the image on a machine with an x86-64 processor.");
    }

    private static String text(String name) throws IOException {
        try (InputStream resource = TinyBuild.class.getResourceAsStream("tiny/" + name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar. This is a bug in paddock.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
