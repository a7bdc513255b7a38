package dev.paddock.testkit.guest;

import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.RestoreWay;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.LibvirtConnector;
import dev.paddock.host.libvirt.domain.QemuUser;
import dev.paddock.host.libvirt.guest.GuestChannels;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.workspace.Workspaces;
import dev.paddock.testkit.lab.Labs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A guest as pools have them: with two channels, disks and a workspace, and a snapshot in which it is ready and nobody's. Whoever asks
 * first boots it; it ends with the lab.
 */
public final class PoolGuest {
    public static final String NAME = "pooled";

    private static final String IMAGES = "/var/lib/libvirt/images/";
    private static final String DEVICES = """
            <disk type='file'><driver name='qemu' type='qcow2'/><source file='%1$spooled-a.qcow2'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file'><driver name='qemu' type='qcow2'/><source file='%1$spooled-b.qcow2'/><target dev='vdb' bus='virtio'/></disk>
            <channel type='unix'><target type='virtio' name='dev.paddock.agent.0'/></channel>
            <channel type='unix'><target type='virtio' name='dev.paddock.agent.1'/></channel>
            """.formatted(IMAGES);
    private static final ResourceId CLEAN = new ResourceId("snapshot", NAME + "/clean");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How much its workspace holds. */
    public static final long WORKSPACE = 8 << 20;

    private static boolean started;

    private PoolGuest() {}

    /** Bring the guest back to its snapshot, in the QEMU that runs or by libvirt. */
    public static synchronized void restore(RestoreWay way) {
        try (HostWriter writer = new LibvirtConnector().writer(Labs.uri())) {
            if (!started) {
                boot(writer);
                started = true;
            }
            writer.restore(CLEAN, Optional.of(way));
        }
    }

    /** Return the workspaces of the lab; the guest's has its name. */
    public static Workspaces workspaces() {
        var user = QemuUser.of(Labs.uri());
        return new Workspaces(
                LibvirtMachine.of(Labs.uri()), Path.of("/var/lib/libvirt/workspaces"), user.uid(), user.gid());
    }

    private static void boot(HostWriter writer) {
        run("mkdir -p " + IMAGES + "; for disk in a b; do qemu-img create -q -f qcow2 " + IMAGES
                + "pooled-$disk.qcow2 8M || exit 1; done");
        var share = workspaces().create(NAME, WORKSPACE);
        TinyGuest.boot(NAME, DEVICES + XmlWriter.write(share.device()));
        GuestChannels.open(Labs.uri(), NAME, PATIENCE).close();
        writer.perform(new Action.Define(CLEAN, "<domainsnapshot><name>clean</name></domainsnapshot>", false));
    }

    private static void run(String script) {
        try {
            var outcome = Labs.shared().capture(List.of("sh", "-c", script));
            if (!outcome.isSuccess()) {
                throw new IllegalStateException(outcome.explanation());
            }
        } catch (LabException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
