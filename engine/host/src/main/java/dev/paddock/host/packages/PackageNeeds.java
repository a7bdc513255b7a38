package dev.paddock.host.packages;

import java.util.List;
import java.util.stream.Stream;

/** What each purpose needs, on Debian 12 and 13. */
public final class PackageNeeds {
    private static final List<PackageNeed> CLIENT = List.of(new PackageNeed(
            new PackagePresence.Library("libvirt.so.0"), "as the library that talks to libvirt", List.of("libvirt0")));

    private static final List<PackageNeed> LAB = List.of(
            CLIENT.getFirst(),
            new PackageNeed(
                    new PackagePresence.AnyCommand(List.of("libvirtd", "virtqemud")),
                    "as the lab's own libvirt daemon",
                    List.of("libvirt-daemon-system")),
            PackageNeed.driver("qemu", "for virtual machines", "libvirt-daemon-driver-qemu"),
            PackageNeed.driver("network", "for networks", "libvirt-daemon-driver-network", "libvirt-daemon"),
            PackageNeed.driver("nwfilter", "for network filters", "libvirt-daemon-driver-nwfilter", "libvirt-daemon"),
            PackageNeed.driver("storage", "for storage pools", "libvirt-daemon-driver-storage", "libvirt-daemon"),
            new PackageNeed(
                    new PackagePresence.AnyFile(List.of(
                            "/usr/share/libvirt/nwfilter/clean-traffic.xml",
                            "/etc/libvirt/nwfilter/clean-traffic.xml")),
                    "for libvirt's stock filters, which others refer to",
                    List.of("libvirt-daemon-config-nwfilter")),
            emulator(System.getProperty("os.arch", "")),
            PackageNeed.command("qemu-img", "to make volumes that are not raw", "qemu-utils"),
            PackageNeed.command("mkfs.ext4", "for the workspaces of guests", "e2fsprogs"),
            PackageNeed.command("dnsmasq", "for DHCP and DNS on networks", "dnsmasq-base"),
            PackageNeed.command("iptables", "for the rules of networks and filters", "iptables"),
            PackageNeed.command("ebtables", "for filters of frames", "ebtables", "iptables"),
            PackageNeed.command("nft", "for the rules of networks, from libvirt 10.4 on", "nftables"),
            PackageNeed.command("ip", "for network interfaces", "iproute2"),
            PackageNeed.command("unshare", "for the lab's namespaces", "util-linux"),
            PackageNeed.command("nsenter", "to run programs inside of the lab", "util-linux"),
            PackageNeed.command("setsid", "to detach the lab from this terminal", "util-linux"),
            PackageNeed.command("mount", "for the lab's own folders", "mount"));

    private static final List<PackageNeed> SYSTEM = List.of(
            PackageNeed.command("mmdebstrap", "to install a system into a folder", "mmdebstrap"),
            PackageNeed.command("unshare", "to keep what it mounts from the rest of the machine", "util-linux"),
            new PackageNeed(
                    new PackagePresence.AnyFile(List.of(
                            "/usr/share/keyrings/debian-archive-keyring.gpg",
                            "/usr/share/keyrings/debian-archive-keyring.pgp")),
                    "to know Debian's packages for Debian's",
                    List.of("debian-archive-keyring")));

    private static final List<PackageNeed> RELEASE = joined(
            SYSTEM,
            List.of(
                    CLIENT.getFirst(),
                    PackageNeed.command("nsenter", "to run programs inside of the lab", "util-linux"),
                    PackageNeed.command("setsid", "to detach the lab from this terminal", "util-linux"),
                    PackageNeed.command("pivot_root", "to enter the files of the release", "util-linux"),
                    PackageNeed.command("mount", "for the lab's own folders", "mount")));

    private static final List<PackageNeed> DEBIAN = joined(
            SYSTEM,
            List.of(
                    PackageNeed.command("mke2fs", "to make a file system of a folder", "e2fsprogs"),
                    PackageNeed.command("qemu-img", "to make a disk in the format qcow2", "qemu-utils")));

    private static final List<PackageNeed> SEED =
            List.of(PackageNeed.command("xorrisofs", "to write a file system of discs", "xorriso"));

    private static final List<PackageNeed> GUEST_AGENT = List.of(
            PackageNeed.command("gcc", "to compile it", "gcc"),
            new PackageNeed(
                    new PackagePresence.Library("libc.a"),
                    "to link it with nothing that a guest would have to have",
                    List.of("libc6-dev")));

    private PackageNeeds() {}

    /** Return all needs of a purpose, met or not. */
    public static List<PackageNeed> of(PackagePurpose purpose) {
        return switch (purpose) {
            case CLIENT -> CLIENT;
            case LAB -> LAB;
            case RELEASE -> RELEASE;
            case GUEST_AGENT -> GUEST_AGENT;
            case SEED -> SEED;
            case DEBIAN -> DEBIAN;
        };
    }

    private static List<PackageNeed> joined(List<PackageNeed> first, List<PackageNeed> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static PackageNeed emulator(String architecture) {
        return switch (architecture) {
            case "aarch64" -> PackageNeed.command("qemu-system-aarch64", "to run virtual machines", "qemu-system-arm");
            case "ppc64le" -> PackageNeed.command("qemu-system-ppc64", "to run virtual machines", "qemu-system-ppc");
            case "s390x" -> PackageNeed.command("qemu-system-s390x", "to run virtual machines", "qemu-system-misc");
            default -> PackageNeed.command("qemu-system-x86_64", "to run virtual machines", "qemu-system-x86");
        };
    }
}
