package dev.paddock.host.packages;

import java.util.List;
import java.util.stream.Stream;

/** What each purpose needs, on Debian 12 and 13. */
public final class Needs {
    private static final List<Need> CLIENT = List.of(new Need(
            new Presence.Library("libvirt.so.0"), "as the library that talks to libvirt", List.of("libvirt0")));

    private static final List<Need> LAB = List.of(
            CLIENT.getFirst(),
            new Need(
                    new Presence.AnyCommand(List.of("libvirtd", "virtqemud")),
                    "as the lab's own libvirt daemon",
                    List.of("libvirt-daemon-system")),
            Need.driver("qemu", "for virtual machines", "libvirt-daemon-driver-qemu"),
            Need.driver("network", "for networks", "libvirt-daemon-driver-network", "libvirt-daemon"),
            Need.driver("nwfilter", "for network filters", "libvirt-daemon-driver-nwfilter", "libvirt-daemon"),
            Need.driver("storage", "for storage pools", "libvirt-daemon-driver-storage", "libvirt-daemon"),
            new Need(
                    new Presence.AnyFile(List.of(
                            "/usr/share/libvirt/nwfilter/clean-traffic.xml",
                            "/etc/libvirt/nwfilter/clean-traffic.xml")),
                    "for libvirt's stock filters, which others refer to",
                    List.of("libvirt-daemon-config-nwfilter")),
            emulator(System.getProperty("os.arch", "")),
            Need.command("qemu-img", "to make volumes that are not raw", "qemu-utils"),
            Need.command("mkfs.ext4", "for the workspaces of guests", "e2fsprogs"),
            Need.command("dnsmasq", "for DHCP and DNS on networks", "dnsmasq-base"),
            Need.command("iptables", "for the rules of networks and filters", "iptables"),
            Need.command("ebtables", "for filters of frames", "ebtables", "iptables"),
            Need.command("nft", "for the rules of networks, from libvirt 10.4 on", "nftables"),
            Need.command("ip", "for network interfaces", "iproute2"),
            Need.command("unshare", "for the lab's namespaces", "util-linux"),
            Need.command("nsenter", "to run programs inside of the lab", "util-linux"),
            Need.command("setsid", "to detach the lab from this terminal", "util-linux"),
            Need.command("mount", "for the lab's own folders", "mount"));

    private static final List<Need> SYSTEM = List.of(
            Need.command("mmdebstrap", "to install a system into a folder", "mmdebstrap"),
            Need.command("unshare", "to keep what it mounts from the rest of the machine", "util-linux"),
            new Need(
                    new Presence.AnyFile(List.of(
                            "/usr/share/keyrings/debian-archive-keyring.gpg",
                            "/usr/share/keyrings/debian-archive-keyring.pgp")),
                    "to know Debian's packages for Debian's",
                    List.of("debian-archive-keyring")));

    private static final List<Need> RELEASE = joined(
            SYSTEM,
            List.of(
                    CLIENT.getFirst(),
                    Need.command("nsenter", "to run programs inside of the lab", "util-linux"),
                    Need.command("setsid", "to detach the lab from this terminal", "util-linux"),
                    Need.command("pivot_root", "to enter the files of the release", "util-linux"),
                    Need.command("mount", "for the lab's own folders", "mount")));

    private static final List<Need> DEBIAN = joined(
            SYSTEM,
            List.of(
                    Need.command("mke2fs", "to make a file system of a folder", "e2fsprogs"),
                    Need.command("qemu-img", "to make a disk in the format qcow2", "qemu-utils")));

    private static final List<Need> SEED =
            List.of(Need.command("xorrisofs", "to write a file system of discs", "xorriso"));

    private static final List<Need> GUEST_AGENT = List.of(
            Need.command("gcc", "to compile it", "gcc"),
            new Need(
                    new Presence.Library("libc.a"),
                    "to link it with nothing that a guest would have to have",
                    List.of("libc6-dev")));

    private Needs() {}

    /** Return all that a purpose needs, be it there or not. */
    public static List<Need> of(Purpose purpose) {
        return switch (purpose) {
            case CLIENT -> CLIENT;
            case LAB -> LAB;
            case RELEASE -> RELEASE;
            case GUEST_AGENT -> GUEST_AGENT;
            case SEED -> SEED;
            case DEBIAN -> DEBIAN;
        };
    }

    private static List<Need> joined(List<Need> first, List<Need> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Need emulator(String architecture) {
        return switch (architecture) {
            case "aarch64" -> Need.command("qemu-system-aarch64", "to run virtual machines", "qemu-system-arm");
            case "ppc64le" -> Need.command("qemu-system-ppc64", "to run virtual machines", "qemu-system-ppc");
            case "s390x" -> Need.command("qemu-system-s390x", "to run virtual machines", "qemu-system-misc");
            default -> Need.command("qemu-system-x86_64", "to run virtual machines", "qemu-system-x86");
        };
    }
}
