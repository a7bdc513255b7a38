package dev.paddock.host.libvirt.binding;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What to do about the refusals that people meet. Known by libvirt's messages, as their codes are too coarse: most of
 * these are internal errors or invalid operations. Where libvirt changes or translates a message, the general advice is
 * given.
 */
final class Refusals {
    /**
     * A refusal.
     *
     * @param message a part of libvirt's message
     * @param wayOut what to do; {@code %s} is the first group of the message that matched
     */
    private record Refusal(Pattern message, String wayOut) {
        Refusal(String message, String wayOut) {
            this(Pattern.compile(message), wayOut);
        }
    }

    /** The first that matches counts. */
    private static final List<Refusal> ALL = List.of(
            new Refusal(
                    "Network is already in use by interface ([^ ]+)",
                    "Give the network another subnet; or take the interface %s down, if it is left over."),
            new Refusal(
                    "bridge name '([^']+)' already in use|error creating bridge interface ([^:]+): File exists",
                    "Name another bridge, or leave bridge out: then libvirt takes a free name. `ip link show type bridge` lists those in use."),
            new Refusal(
                    "dnsmasq: failed to create listening socket for ([^:]+): Address already in use",
                    "Another DNS server of the host listens there, often one that listens on all addresses. Bind it to its own interfaces, or switch DNS off here with dns: {enable: no}."),
            new Refusal(
                    "dnsmasq: ",
                    "dnsmasq did not accept its configuration: correct what it names, among dhcp, dns and dnsmasq options of the network."),
            new Refusal(
                    "network '([^']+)' is not active",
                    "Start the network, with state: active in its declaration or `virsh net-start %s`, and apply again."),
            new Refusal(
                    "no network with matching name '([^']+)'",
                    "Declare the network %s, or correct the name in the VM."),
            new Refusal(
                    "(?:Failed to get (?:shared )?\\\"write\\\" lock|Is another process using the image)",
                    "Another VM or program has the disk open. Stop it, or give each VM a disk of its own; `paddock vm list` and `lsof` tell who."),
            new Refusal(
                    "cannot set up guest memory|unable to map backing store for guest RAM|Cannot allocate memory",
                    "The host has not enough free memory. Give the VM less, stop others, or make more huge pages where it uses them."),
            new Refusal(
                    "could not find capabilities for .*domaintype=kvm|does not support virt type 'kvm'|Domain requires KVM|Could not access KVM kernel module|failed to initialize kvm",
                    "Write type: auto, which runs under emulation where it has to. paddock doctor tells what KVM lacks."),
            new Refusal(
                    "does not support machine type '([^']+)'|unsupported machine type|machine type .* is not supported",
                    "Name a machine that the host has, such as q35 or pc. `virsh capabilities` lists all."),
            new Refusal(
                    "CPU is incompatible with host CPU|guest CPU doesn't match specification|Host CPU does not provide required features",
                    "Choose a processor that the host can run: cpu: host-model follows the host, and without cpu it is QEMU's default."),
            new Refusal(
                    "Unknown CPU model|unknown CPU model|CPU model .* not supported by hypervisor",
                    "Choose a model that the host has; `virsh domcapabilities` lists them."),
            new Refusal(
                    "Unable to find (?:any firmware to satisfy 'efi'|'efi' firmware)",
                    "Install the firmware on the host: the package ovmf (Debian, Ubuntu) or edk2-ovmf (Fedora). Or leave firmware out."),
            new Refusal(
                    "Unable to find an unused port in range|Failed to find an available port",
                    "All ports of displays are in use: stop VMs, or leave graphics out where nobody looks."),
            new Refusal(
                    "(?:Failed to bind socket|bind\\(unix:|listen failed|Address already in use)",
                    "Something else on the host listens at this address and port. Leave the port out: then a free one is taken."),
            new Refusal(
                    "domain is already (?:active|running)|Requested operation is not valid: domain is (?:already )?running",
                    "Somebody started it in the meantime. Plan again, and apply what is left."),
            new Refusal(
                    "Refusing to undefine while domain managed save image exists",
                    "Start it once, or remove the saved state with `virsh managedsave-remove`, and apply again."),
            new Refusal(
                    "cannot (?:delete|undefine) .*with \\d+ (?:snapshots|checkpoints)",
                    "Delete its snapshots or checkpoints first, with paddock snapshot or `virsh checkpoint-delete`."),
            new Refusal(
                    "cannot undefine domain with (?:nvram|TPM)",
                    "Remove the file with `virsh undefine --nvram --tpm`, if nothing of it is needed."),
            new Refusal(
                    "Failed to apply firewall rules|firewall-cmd|The name is not activatable",
                    "Something changed the firewall after libvirt. Restart libvirt's daemon, so that it makes its rules again, and apply again."),
            new Refusal(
                    "Unable to create tap device|Unable to open /dev/net/tun",
                    "Load the module with `modprobe tun`; in a container, pass the device /dev/net/tun."),
            new Refusal(
                    "Storage source conflict with pool: '([^']+)'",
                    "The pool %s has the same folder or device. Use that one, or give this one another target."),
            new Refusal(
                    "cannot open directory '([^']+)'",
                    "Create the folder %s on the host, or correct the path of the pool."),
            new Refusal(
                    "has asynchronous jobs running",
                    "Something else works on the pool, such as an upload. Let it end, and apply again."),
            new Refusal(
                    "storage (?:vol|volume) '([^']+)' (?:exists already|already exists)|volume target path '[^']+' already exists",
                    "A file of this name is there. Give the volume another name, or remove the file if nobody needs it."),
            new Refusal(
                    "cannot acquire state change lock",
                    "Another operation on this VM has not ended. Wait for it, or restart libvirt's daemon if none is to be seen."),
            new Refusal("No space left on device", "Make room on the host, and apply again."),
            new Refusal(
                    "(?:domain|network|pool|filter|nwfilter) '([^']+)' already exists with uuid|already (?:defined|exists) with uuid",
                    "Run again with --adopt to take the object over, or declare another name."),
            new Refusal(
                    "nwfilter is in use", "VMs use the filter. Take it from their interfaces first, or let it stay."),
            new Refusal(
                    "Cannot instantiate filter due to unresolvable variables.*: ?(.*)",
                    "Give the interface values for the variables of its filter: filter: {name: ..., parameters: {...}}."),
            new Refusal(
                    "No more available PCI slots|No free PCI|has no more free (?:slots|ports)",
                    "The VM has no free port for another device. Raise ports, which takes effect at the next start, or remove a device."),
            new Refusal(
                    "doesn't support hotplug|cannot be hotplugged|not supported: .*hot(?:plug| plug)|hotplug .* not supported",
                    "It cannot change while the VM runs: write on_change: restart, or stop the VM first."),
            new Refusal(
                    "AppArmor profile|apparmor",
                    "AppArmor on the host refuses it. See `journalctl -k | grep apparmor`, and allow the path in /etc/apparmor.d/local/abstractions/libvirt-qemu."),
            new Refusal(
                    "virtiofs.* requires (?:one or more NUMA nodes|shared memory)",
                    "Give the VM memory that it shares with the host: <memoryBacking><access mode='shared'/></memoryBacking>."),
            new Refusal(
                    "Unable to find a satisfying virtiofsd|virtiofsd died",
                    "Install the package virtiofsd on the host."),
            new Refusal(
                    "Unable to find 'swtpm|swtpm.* not (?:found|available)|Unable to find 'swtpm_setup'",
                    "Install the packages swtpm and swtpm-tools on the host."),
            new Refusal(
                    "Cannot find suitable emulator|Cannot check QEMU binary|emulator .* (?:does not exist|not found)|Unable to find any emulator",
                    "Install QEMU on the host: the package qemu-system-x86 (Debian, Ubuntu) or qemu-kvm (Fedora)."),
            new Refusal("IDE controllers are unsupported", "Write bus: sata for its disks, or machine: pc."),
            new Refusal(
                    "Cannot access storage file '([^']+)'.*No such file",
                    "The file %s is not there. Create it, declare the volume, or correct the path."),
            new Refusal(
                    "Could not open '([^']+)': No such file|cannot stat '([^']+)'",
                    "The file is not there. Create it, declare the volume, or correct the path."),
            new Refusal(
                    "Could not open '([^']+)': Permission denied|Cannot access storage file '([^']+)'.*Permission denied",
                    "Let the user that QEMU runs as reach the file and all folders above it, or move it below /var/lib/libvirt/images."),
            new Refusal(
                    "no storage pool with matching name '([^']+)'",
                    "Declare the storage pool %s, or correct the name."),
            new Refusal(
                    "no storage vol with matching (?:name|path|key) '([^']+)'",
                    "Declare the volume, correct its name, or run `virsh pool-refresh` if the file is new in the pool."),
            new Refusal(
                    "storage pool '([^']+)' is not active",
                    "Start the pool, with state: active in its declaration or `virsh pool-start %s`, and apply again."),
            new Refusal("Maximum CPUs greater than specified machine type limit (\\d+)", "Write cpus: %s or less."),
            new Refusal("only 8 permitted", "Give the VNC display a password of at most 8 characters."),
            new Refusal(
                    "host doesn't support (?:passthrough|VFIO)|IOMMU|/dev/vfio",
                    "Switch the IOMMU on in the firmware and with intel_iommu=on or amd_iommu=on on the kernel's command line."),
            new Refusal(
                    "duplicated? for disk sources|target '[^']+' duplicated", "Give each disk a target of its own."));

    private Refusals() {}

    /** Return what to do about a message. */
    static Optional<String> wayOut(String message) {
        for (var refusal : ALL) {
            var matcher = refusal.message().matcher(message);
            if (matcher.find()) {
                return Optional.of(refusal.wayOut().replace("%s", firstGroup(matcher)));
            }
        }
        return Optional.empty();
    }

    private static String firstGroup(Matcher matcher) {
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(matcher::group)
                .filter(group -> group != null)
                .findFirst()
                .orElse("");
    }
}
