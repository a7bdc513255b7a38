package dev.paddock.host.libvirt.network;

import dev.paddock.api.xml.Element;
import dev.paddock.host.lab.Lab;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.process.ProcessResult;
import java.util.List;
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
        return NetworkUpdater.parsed(domain.getXMLDesc(0))
                .child("devices")
                .orElseThrow()
                .child("interface")
                .orElseThrow();
    }

    void update(String liveInterface) throws LibvirtException {
        domain.updateDeviceFlags(liveInterface, 1);
    }

    /** Return the bridge that its only interface is plugged into, as the kernel of the lab has it: libvirt does not tell. */
    Optional<String> bridge(Lab lab) throws LibvirtException, LabException {
        var link = "/sys/class/net/" + GuestInterfaces.target(plug()) + "/master";
        return lab.capture(List.of("readlink", link)) instanceof ProcessResult.Ended ended && ended.succeeded()
                ? Optional.of(ended.output().strip().replaceFirst(".*/", ""))
                : Optional.empty();
    }

    @Override
    public void close() throws LibvirtException {
        domain.destroy();
        domain.undefine();
        domain.free();
    }
}
