package dev.paddock.vm.playbook;

import static dev.paddock.api.schema.Schema.fields;
import static dev.paddock.api.schema.Schema.listOf;
import static dev.paddock.api.schema.Schema.optional;
import static dev.paddock.api.schema.Schema.orShort;
import static dev.paddock.api.schema.Schema.required;

import dev.paddock.api.schema.Schema;
import dev.paddock.api.schema.Schema.Fields;
import dev.paddock.api.schema.Types;

/** The fields of a VM in a playbook. Only the memory is required. */
public final class VmSchema {
    private static final Fields FILTER = orShort(
            fields(
                    "name", required(Types.NAME, "The filter."),
                    "parameters",
                            optional(
                                    new Schema.MapOf(VmTypes.PARAMETER, Schema.text(Types.SCALAR)),
                                    "Values of the filter's variables, such as IP.")),
            VmTypes.only("name", "clean-traffic"));

    private static final Fields NETWORK = orShort(
            fields(
                    "name", optional(Types.NAME, "The network."),
                    "bridge", optional(Types.DEVICE, "A bridge of the host, in place of a network."),
                    "key",
                            optional(
                                    VmTypes.KEY,
                                    "The name of the interface; its address in the network follows from it."),
                    "mac", optional(Types.MAC, "The address in the network; derived when none is given."),
                    "address",
                            optional(
                                    VmTypes.IPV4,
                                    "The IP address, which the network's DHCP keeps for it. The filter's IP is the same"
                                            + " unless another is given."),
                    "model", optional(VmTypes.WORD, "The device that the guest sees; virtio by default."),
                    "filter", optional(FILTER, "The filter of the interface's traffic."),
                    "link", optional(VmTypes.LINK, "Whether the cable is plugged in: up or down."),
                    "isolated", optional(Types.YES_NO, "Whether guests on the network cannot reach this one.")),
            VmTypes.only("name", "agent-nat-filtered"));

    private static final Fields DISK = fields(
            "target", optional(VmTypes.TARGET, "The device's name, which is also its key; vda, vdb... by default."),
            "size",
                    optional(
                            VmTypes.SIZE,
                            "How large it is, such as 10 GiB. Of a disk without file, device and volume, which is then"
                                    + " made for this guest; it can grow."),
            "file", optional(VmTypes.PATH, "The image's path."),
            "device", optional(VmTypes.PATH, "A block device's path, in place of a file."),
            "pool", optional(Types.NAME, "The pool of volume, or in which the disk is made; paddock by default."),
            "volume", optional(Types.NAME, "A volume of pool, in place of a file."),
            "format",
                    optional(
                            VmTypes.WORD,
                            "The format: that of the volume, if the play declares it; else qcow2, and raw of a block"
                                    + " device."),
            "media", optional(VmTypes.MEDIA, "disk, cdrom or floppy; disk by default."),
            "bus", optional(VmTypes.WORD, "The bus; virtio by default, sata of a cdrom."),
            "cache", optional(VmTypes.WORD, "How writes are cached, in libvirt's words."),
            "readonly", optional(Types.YES_NO, "Whether the guest cannot write."),
            "serial", optional(VmTypes.WORD, "The serial number that the guest sees."));

    private static final Fields IMAGE = orShort(
            fields(
                    "name", optional(Types.NAME, "An image that the play declares, or a build."),
                    "build", optional(VmTypes.BUILD, "What to build: tiny or debian."),
                    "revision",
                            optional(
                                    Types.integer("a number", 1, 1_000_000),
                                    "A higher number rebuilds it, from today's packages."),
                    "url", optional(VmTypes.URL, "Where to download it from."),
                    "sha256", optional(VmTypes.SHA256, "The checksum of what is at url."),
                    "format", optional(VmTypes.IMAGE_FORMAT, "Its format: qcow2 by default, or raw.")),
            VmTypes.only("name", "tiny"));

    private static final Fields CLOUD_INIT = fields(
            "hostname", optional(VmTypes.HOST, "The name that the guest gives itself; its own by default."),
            "instance",
                    optional(
                            Types.integer("a number", 1, 1_000_000),
                            "A higher number has cloud-init do everything again at the next start, as in a new machine;"
                                    + " 1 by default."),
            "ssh_authorized_keys",
                    optional(
                            Schema.oneOrMore(Schema.longText(SshKeys.TYPE)),
                            "Public keys that may log in; of a file: {file: id.pub}."),
            "packages", optional(Schema.oneOrMore(Schema.text(VmTypes.WORD)), "Packages to install."),
            "user_data",
                    optional(
                            new Schema.Anything(),
                            "More of cloud-init's user-data, as a mapping or a whole text; {file: x} takes a text from"
                                    + " a file."),
            "meta_data", optional(new Schema.Anything(), "More of its meta-data, as a mapping."),
            "network_config", optional(new Schema.Anything(), "Its network-config; by DHCP when not given."));

    private static final Fields SHARE = fields(
            "source", required(VmTypes.PATH, "The folder on the host."),
            "target", required(VmTypes.WORD, "The tag by which the guest mounts it."),
            "readonly", optional(Types.YES_NO, "Whether the guest cannot write."));

    private static final Fields CHANNEL = orShort(
            fields("name", required(VmTypes.WORD, "The channel's name.")),
            VmTypes.only("name", "org.qemu.guest_agent.0"));

    private static final Fields GRAPHICS = orShort(
            fields(
                    "type", required(VmTypes.GRAPHICS, "vnc or spice."),
                    "listen", optional(Types.IP, "The address to listen at; the host's own by default."),
                    "port", optional(Types.PORT, "The port; a free one by default."),
                    "password", optional(Types.TEXT, "The password.")),
            VmTypes.only("type", "vnc"));

    private static final Fields BOOT = fields(
            "kernel", required(VmTypes.PATH, "The kernel to boot."),
            "initrd", optional(VmTypes.PATH, "The first file system."),
            "cmdline", optional(Types.TEXT, "The kernel's command line."));

    private static final Fields SHUTDOWN = fields(
            "timeout",
                    optional(
                            Types.integer("a number of seconds", 1, 540),
                            "How many seconds the guest has to shut down; 60 by default."),
            "force",
                    optional(
                            Types.YES_NO,
                            "Whether its power is cut after that, losing what it has not written; no by default."));

    private static final Fields SNAPSHOT = orShort(
            fields(
                    "name", required(Types.SNAPSHOT, "Its name."),
                    "description", optional(Schema.longText(Types.TEXT), "What it is good for, for people.")),
            VmTypes.only("name", "clean"));

    private static final Fields READY = fields(
            "agent", optional(Types.YES_NO, "Whether an agent in the guest has to answer."),
            "address", optional(Types.YES_NO, "Whether it needs an address that others can reach."),
            "ssh", optional(Types.YES_NO, "Whether an ssh server has to answer at one of its addresses."),
            "cloud_init",
                    optional(
                            Types.YES_NO,
                            "Whether cloud-init has to have finished; asked of QEMU's guest agent. yes by default where"
                                    + " cloud_init is declared and the guest has a channel for that agent."),
            "command",
                    optional(
                            listOf(Schema.text(Types.TEXT)),
                            "A program in it that has to succeed, with its arguments; run by QEMU's guest agent."),
            "timeout",
                    optional(
                            Types.integer("a number of seconds", 1, 3600),
                            "How many seconds to wait for it; 300 by default."));

    /** All fields except those of every resource. */
    public static final Fields FIELDS = fields(
            "uuid", optional(Types.UUID, "The identity; by default it is derived from the project and the name."),
            "renamed_from",
                    optional(
                            Types.NAME,
                            "The name that it had before: it keeps its UUID, its addresses and its disks, and is"
                                    + " renamed."),
            "title", optional(Types.TEXT, "A short title."),
            "description", optional(Schema.longText(Types.TEXT), "A description for people."),
            "metadata", optional(Schema.longText(Types.TEXT), "XML elements of namespaces of your own, as text."),
            "type",
                    optional(
                            VmTypes.TYPE,
                            "kvm; qemu for emulation, which works everywhere; or auto: kvm where guests truly run with"
                                    + " it, else qemu. auto by default."),
            "cpus", optional(Types.integer("a number of processors", 1, 4096), "How many processors; 1 by default."),
            "cpu", optional(VmTypes.WORD, "The processor: a model, host-model, host-passthrough or maximum."),
            "memory", optional(VmTypes.AMOUNT, "How much memory, such as 512 MiB; 512 MiB by default."),
            "machine", optional(VmTypes.WORD, "The machine type; q35 by default."),
            "firmware", optional(VmTypes.FIRMWARE, "bios or efi; bios by default."),
            "boot", optional(BOOT, "A kernel to boot without any loader."),
            "image",
                    optional(
                            IMAGE,
                            "What it starts from: the first disk is made of it, or it is booted, as the image is."),
            "disks", optional(listOf(DISK), "The disks."),
            "cloud_init", optional(CLOUD_INIT, "What the guest does at its first boot, where it has cloud-init."),
            "networks", optional(Schema.oneOrMore(NETWORK), "The networks that it is plugged into."),
            "channels", optional(listOf(CHANNEL), "Channels between guest and host."),
            "serial", optional(Types.YES_NO, "Whether there is a serial console; yes by default."),
            "serial_log",
                    optional(
                            Types.YES_NO,
                            "Whether the host keeps what the serial console says, for vm log; yes by default."),
            "rng", optional(Types.YES_NO, "Whether the guest gets random numbers of the host; yes by default."),
            "graphics", optional(GRAPHICS, "A display to look at; none by default."),
            "shares", optional(listOf(SHARE), "Folders of the host that the guest can mount by 9p."),
            "ports",
                    optional(
                            Types.integer("a number of ports", 1, 30),
                            "How many devices of PCI Express there can be, also ones plugged in later; 12 by default."),
            "shutdown", optional(SHUTDOWN, "How the guest is shut down."),
            "snapshots", optional(listOf(SNAPSHOT), "Snapshots to have: taken when they are missing, and never again."),
            "ready", optional(READY, "What an apply waits for, once the guest runs."));

    private VmSchema() {}
}
