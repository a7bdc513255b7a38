package dev.paddock.testkit.guest;

import dev.paddock.api.host.HostWriter;
import dev.paddock.api.image.ImageFile;
import dev.paddock.api.image.ImageFileRole;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.process.PollInterval;
import dev.paddock.testkit.lab.Labs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A guest of the image {@code tiny} in the lab that all tests of a process share, for tests that need one that lives.
 * Closing it ends and removes it.
 */
public final class TinyGuest implements AutoCloseable {
    public static final ImageSpec IMAGE = new ImageSpec("tiny", new ImageSource.Build("tiny", 1), "raw");

    /** An emulated guest boots in seconds on a quiet machine, and in many on a busy one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Pattern UP = Pattern.compile("paddock-tiny: up");
    private static final Pattern ADDRESS = Pattern.compile("paddock-tiny: eth0 ([0-9.]+)");

    private final String name;
    private final HostWriter writer;

    private TinyGuest(String name, HostWriter writer) {
        this.name = name;
        this.writer = writer;
    }

    /** Have the image in a lab, built first where no run has built it before. */
    public static void provide(String uri) {
        try (var writer = new LibvirtConnector().writer(uri)) {
            writer.perform(new Action.Provide(new ResourceId("image", IMAGE.objectName()), IMAGE));
        }
    }

    /** Return the {@code <os>} of a guest that boots the image. */
    public static String os() {
        return """
                <os>
                  <type arch='x86_64' machine='q35'>hvm</type>
                  <kernel>%s</kernel>
                  <initrd>%s</initrd>
                  <cmdline>%s</cmdline>
                </os>""".formatted(
                        path(ImageFileRole.KERNEL),
                        path(ImageFileRole.INITRD),
                        IMAGE.cmdline().orElse(""));
    }

    /** Return the path of a file of the image, as the lab has it. */
    public static String path(ImageFileRole role) {
        return IMAGE.files().stream()
                .filter(file -> file.role() == role)
                .map(ImageFile::name)
                .map(file -> ImageStore.FOLDER + "/" + file)
                .findFirst()
                .orElseThrow();
    }

    /** Return the document of a guest with a serial console that is written to a file, and these devices. */
    public static String document(String name, String devices) {
        return """
                <domain type='qemu'>
                  <name>%s</name>
                  <memory unit='MiB'>256</memory>
                  <vcpu>1</vcpu>
                  %s
                  <features><acpi/></features>
                  <cpu mode='maximum'/>
                  <devices>
                    <controller type='usb' model='none'/>
                    <serial type='file'><source path='/var/log/libvirt/%s.console'/></serial>
                    <memballoon model='none'/>
                    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
                    %s
                  </devices>
                </domain>""".formatted(name, os(), name, devices);
    }

    /** Define and start one, and wait until it is up. */
    public static TinyGuest boot(String name, String devices) {
        var uri = Labs.uri();
        provide(uri);
        var guest = new TinyGuest(name, new LibvirtConnector().writer(uri));
        guest.writer.perform(new Action.Define(guest.id(), document(name, devices)));
        guest.writer.perform(new Action.Start(guest.id()));
        guest.await(UP);
        return guest;
    }

    public ResourceId id() {
        return new ResourceId("vm", name);
    }

    /** Wait until it has an address, and return it. */
    public String address() {
        return await(ADDRESS).group(1);
    }

    /** Wait until its console has shown something. */
    public MatchResult await(Pattern text) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var shown = console();
            var matcher = text.matcher(shown);
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
            if (System.nanoTime() > deadline || !PollInterval.of(STEP)) {
                throw new IllegalStateException("The console never showed \"" + text + "\", but:\n" + shown);
            }
        }
    }

    /** Return what its console has shown. */
    public String console() {
        try {
            return Files.readString(log(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException notYet) {
            return "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path log() {
        return Labs.folder().resolve("shared/log").resolve(name + ".console");
    }

    @Override
    public void close() {
        writer.perform(new Action.Stop(id()));
        writer.perform(new Action.Undefine(id()));
        writer.close();
    }
}
