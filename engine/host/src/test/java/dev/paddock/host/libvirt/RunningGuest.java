package dev.paddock.host.libvirt;

import dev.paddock.api.xml.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** A guest without a disk, which runs its firmware for as long as a test takes, and is gone after it. */
final class RunningGuest implements AutoCloseable {
    private final Domain domain;

    private RunningGuest(Domain domain) {
        this.domain = domain;
    }

    /** Define and start a guest with these interfaces. */
    static RunningGuest start(WriteConnection connection, String name, String interfaces) throws LibvirtException {
        var domain = connection.domainDefineXML("""
                <domain type='qemu'>
                  <name>%s</name>
                  <memory unit='MiB'>64</memory>
                  <os><type arch='x86_64' machine='pc'>hvm</type></os>
                  <devices>%s<memballoon model='none'/></devices>
                </domain>""".formatted(name, interfaces));
        domain.create();
        return new RunningGuest(domain);
    }

    /** Return its only interface, live. */
    Element plug() throws LibvirtException {
        return NetworkUpdating.parsed(domain.getXMLDesc(0))
                .child("devices")
                .orElseThrow()
                .child("interface")
                .orElseThrow();
    }

    void update(String liveInterface) throws LibvirtException {
        domain.updateDeviceFlags(liveInterface, 1);
    }

    /**
     * Return the bridge that its only interface is plugged into, as the kernel has it: libvirt does not tell. It is
     * looked up in the namespace of whichever libvirtd has the interface.
     */
    Optional<String> bridge() throws LibvirtException, IOException {
        var target = GuestInterfaces.target(plug());
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> isLibvirtd(process.resolve("comm")))
                    .map(process -> process.resolve("root/sys/class/net/" + target + "/master"))
                    .filter(Files::isSymbolicLink)
                    .map(RunningGuest::linked)
                    .findFirst();
        }
    }

    private static boolean isLibvirtd(Path comm) {
        try {
            return Files.isReadable(comm) && Files.readString(comm).strip().equals("libvirtd");
        } catch (IOException ended) {
            return false;
        }
    }

    private static String linked(Path link) {
        try {
            return Files.readSymbolicLink(link).getFileName().toString();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void close() throws LibvirtException {
        domain.destroy();
        domain.undefine();
        domain.free();
    }
}
