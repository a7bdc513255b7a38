package dev.paddock.vm.rule;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.vm.document.VmNormalizers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the devices of VMs compare, and the costs of their changes. The sources are those of {@link VmRules}. */
final class VmDeviceRules {
    private static final Pattern SECRET = Pattern.compile(
            "secret|passw|passphrase|token|credential|cookie|private|(^|[,.{\"])(data|key|pin|auth)\"?[=:]|://[^/@ ]+:[^/@ ]+@",
            Pattern.CASE_INSENSITIVE);

    private VmDeviceRules() {}

    static List<Rule> all() {
        return Stream.of(devices(), disks(), interfaces(), characters(), displays(), secrets(), others())
                .flatMap(List::stream)
                .toList();
    }

    /** The rules that all devices share. */
    private static List<Rule> devices() {
        List<Rule> rules = new ArrayList<>(List.of(
                VmRules.boot("devices/emulator"),
                VmRules.boot("devices/*/address").chosen(),
                VmRules.boot("devices/*/address/@multifunction").chosen(),
                VmRules.boot("devices/*/address/@*").as(VmNormalizers.C_NUMBER).chosen(),
                VmRules.boot("devices/*/boot/@order").as(Normalizers.INTEGER),
                VmRules.boot("devices/*/driver/@queues").as(Normalizers.INTEGER),
                VmRules.boot("devices/controller/@type"),
                VmRules.boot("devices/controller/@index")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/controller/@model").chosen(),
                VmRules.boot("devices/controller/model").chosen(),
                VmRules.boot("devices/controller/target").chosen(),
                VmRules.boot("devices/controller/target/@*")
                        .as(VmNormalizers.C_NUMBER)
                        .chosen(),
                VmRules.boot("devices/controller/target/*").chosen(),
                VmRules.boot("devices/*/address/*").chosen(),
                VmRules.boot("devices/*/address/*/@*").chosen(),
                VmRules.boot("devices/controller/model/@name").chosen(),
                VmRules.boot("devices/controller/master").chosen(),
                VmRules.boot("devices/controller/master/@*").chosen(),
                VmRules.boot("devices/controller/@ports").as(Normalizers.INTEGER),
                VmRules.boot("devices/controller/@vectors").as(Normalizers.INTEGER),
                VmRules.boot("devices/audio/@id").as(Normalizers.INTEGER).chosen(),
                VmRules.boot("devices/memballoon").chosen(),
                VmRules.boot("devices/memballoon/@model").byDefault("virtio"),
                Rule.of("devices/memballoon/stats"),
                Rule.of("devices/memballoon/stats/@period").as(Normalizers.INTEGER),
                VmRules.boot("devices/video/model").chosen(),
                VmRules.boot("devices/video/model/@type").chosen(),
                VmRules.boot("devices/video/model/@heads")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/video/model/@primary").chosen(),
                VmRules.boot("devices/video/model/@ram").as(Normalizers.INTEGER).chosen(),
                VmRules.boot("devices/video/model/@vram")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/video/model/@vram64")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/video/model/@vgamem")
                        .as(Normalizers.INTEGER)
                        .chosen()));
        return rules;
    }

    private static List<Rule> disks() {
        List<Rule> rules = new ArrayList<>(List.of(
                VmRules.boot("devices/disk/@type").byDefault("file"),
                VmRules.boot("devices/disk/@device").byDefault("disk"),
                VmRules.boot("devices/disk/@snapshot"),
                VmRules.boot("devices/disk/driver/@name").byDefault("qemu"),
                VmRules.boot("devices/disk/driver/@type").byDefault("raw"),
                VmRules.boot("devices/disk/driver/@iothread").as(Normalizers.INTEGER),
                VmRules.boot("devices/disk/target/@removable").byDefault("off"),
                VmRules.boot("devices/disk/target/@tray").byDefault("closed"),
                VmRules.boot("devices/disk/mirror").momentary(),
                VmRules.boot("devices/disk/geometry/@trans").byDefault("auto"),
                VmRules.boot("**/backingStore/@index").momentary(),
                VmRules.boot("**/backingStore/@id").momentary(),
                VmRules.boot("devices/disk/source/@index").momentary(),
                VmRules.boot("**/backingStore/source/@index").momentary(),
                VmRules.boot("**/encryption/@engine").chosen(),
                VmRules.boot("**/encryption/secret/@uuid").as(Normalizers.UUID),
                VmRules.boot("**/auth/secret/@uuid").as(Normalizers.UUID),
                VmRules.boot("devices/disk/source/host/@port").chosen(),
                VmRules.boot("devices/disk/source/host/@transport").byDefault("tcp"),
                VmRules.boot("**/backingStore/source/host/@port").chosen(),
                VmRules.boot("**/source/reservations/source/@mode").chosen()));
        Stream.concat(Stream.of("devices/disk/iotune/group_name"), Stream.of("devices/disk/iotune"))
                .map(Rule::of)
                .forEach(rules::add);
        rules.add(Rule.of("devices/disk/iotune/*").as(Normalizers.INTEGER));
        return rules;
    }

    private static List<Rule> interfaces() {
        List<Rule> rules = new ArrayList<>(List.of(
                VmRules.boot("devices/interface/mac").chosen(),
                VmRules.boot("devices/interface/mac/@address")
                        .as(Normalizers.MAC_ADDRESS)
                        .chosen(),
                VmRules.boot("devices/interface/model").chosen(),
                VmRules.boot("devices/interface/model/@type")
                        .as(Normalizers.LOWER)
                        .chosen(),
                VmRules.boot("devices/interface/mtu/@size").as(Normalizers.INTEGER),
                VmRules.boot("devices/interface/tune/sndbuf").as(Normalizers.INTEGER),
                VmRules.boot("devices/interface/source/address/@*")
                        .as(VmNormalizers.C_NUMBER)
                        .chosen(),
                VmRules.boot("devices/interface/source/@mode").chosen(),
                VmRules.boot("devices/interface/@managed").byDefault("no"),
                VmRules.boot("devices/interface/ip/@address").as(Normalizers.ADDRESS),
                VmRules.boot("devices/interface/ip/@family").byDefault("ipv4"),
                VmRules.boot("devices/interface/route/@gateway").as(Normalizers.ADDRESS),
                VmRules.live("devices/interface/link"),
                VmRules.live("devices/interface/link/@state").byDefault("up"),
                VmRules.live("devices/interface/port"),
                VmRules.live("devices/interface/port/@isolated").byDefault("no"),
                VmRules.live("devices/interface/source"),
                VmRules.live("devices/interface/source/@network"),
                VmRules.live("devices/interface/source/@bridge"),
                VmRules.boot("devices/interface/source/@portgroup"),
                VmRules.live("devices/interface/filterref"),
                VmRules.live("devices/interface/filterref/@filter"),
                VmRules.live("devices/interface/filterref/parameter"),
                VmRules.live("devices/interface/filterref/parameter/@*"),
                VmRules.live("devices/interface/bandwidth"),
                VmRules.live("devices/interface/bandwidth/*"),
                VmRules.live("devices/interface/vlan"),
                VmRules.live("devices/interface/vlan/tag"),
                VmRules.live("devices/interface/vlan/@trunk"),
                VmRules.live("devices/interface/vlan/tag/@*"),
                VmRules.live("devices/interface/virtualport"),
                VmRules.live("devices/interface/virtualport/@type"),
                VmRules.live("devices/interface/virtualport/parameters").chosen(),
                VmRules.live("devices/interface/virtualport/parameters/@*").chosen()));
        rules.add(VmRules.live("devices/interface/bandwidth/*/@*").as(Normalizers.INTEGER));
        return rules;
    }

    private static List<Rule> characters() {
        List<Rule> rules = new ArrayList<>();
        for (var name : List.of("serial", "parallel", "console", "channel", "redirdev", "smartcard", "rng/backend")) {
            var device = "devices/" + name;
            rules.add(VmRules.boot(device + "/protocol").chosen());
            rules.add(VmRules.boot(device + "/protocol/@type").byDefault("raw"));
            rules.add(VmRules.boot(device + "/source/@mode").byDefault("connect"));
            rules.add(VmRules.boot(device + "/source/@tls").chosen());
            rules.add(VmRules.boot(device + "/source/@append").as(Normalizers.TRUTH));
            rules.add(
                    VmRules.boot(device + "/log/@append").as(Normalizers.TRUTH).byDefault("no"));
        }
        rules.addAll(List.of(
                VmRules.boot("devices/serial/@type"),
                VmRules.boot("devices/console/@type"),
                VmRules.boot("devices/serial/target").chosen(),
                VmRules.boot("devices/serial/target/@type").chosen(),
                VmRules.boot("devices/serial/target/@port")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/serial/target/model").chosen(),
                VmRules.boot("devices/serial/target/model/@name").chosen(),
                VmRules.boot("devices/parallel/target").chosen(),
                VmRules.boot("devices/parallel/target/@port")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/console/target").chosen(),
                VmRules.boot("devices/console/target/@type").chosen(),
                VmRules.boot("devices/console/target/@port")
                        .as(Normalizers.INTEGER)
                        .chosen(),
                VmRules.boot("devices/channel/target/@state").momentary(),
                VmRules.boot("devices/channel/target/@address").as(Normalizers.ADDRESS),
                VmRules.boot("devices/redirdev/source/@channel").chosen(),
                VmRules.boot("devices/redirdev/@bus").byDefault("usb"),
                VmRules.boot("devices/rng/backend")
                        .matching((declared, observed) ->
                                declared.equals(observed) || (declared.isEmpty() && observed.equals("/dev/random")))));
        return rules;
    }

    private static List<Rule> displays() {
        return List.of(
                VmRules.boot("devices/graphics/@autoport").byDefault("no"),
                VmRules.boot("devices/graphics/@port").as(Normalizers.INTEGER),
                VmRules.boot("devices/graphics/@tlsPort").as(Normalizers.INTEGER),
                VmRules.live("devices/graphics/@passwd").ofOthers().sensitive(),
                // They stay with a password that is not declared.
                VmRules.live("devices/graphics/@passwdValidTo").ofOthers(),
                VmRules.live("devices/graphics/@connected").ofOthers(),
                VmRules.boot("devices/graphics/listen/@type").chosen(),
                VmRules.boot("devices/graphics/@*").as(Normalizer.TEXT),
                VmRules.boot("devices/input/@bus").chosen(),
                VmRules.boot("devices/sound/codec").as(Normalizer.TEXT));
    }

    /**
     * Values that libvirt reports only with VIR_DOMAIN_XML_SECURE, except the passwords of displays, and arguments of
     * QEMU that may contain secrets. A declaration without them may be a copy of a document that lacked them, so they
     * stay.
     */
    private static List<Rule> secrets() {
        return List.of(
                VmRules.boot("**/cookies").ofOthers().sensitive(),
                VmRules.boot("qemu:commandline/qemu:env/@value").ofOthers().sensitive(),
                VmRules.boot("qemu:commandline/qemu:arg/@value").sensitive(VmDeviceRules::mayBeSecret));
    }

    /** The arguments of QEMU have no common form: {@code secret,id=s,data=...}, JSON, {@code fw_cfg} with a token. */
    private static boolean mayBeSecret(String argument) {
        return SECRET.matcher(argument).find();
    }

    private static List<Rule> others() {
        return List.of(
                VmRules.boot("devices/filesystem/@type").byDefault("mount"),
                VmRules.boot("devices/filesystem/@accessmode").chosen(),
                VmRules.boot("devices/filesystem/@fmode").as(Normalizers.INTEGER),
                VmRules.boot("devices/filesystem/@dmode").as(Normalizers.INTEGER),
                VmRules.boot("devices/filesystem/driver/@queue").as(Normalizers.INTEGER),
                VmRules.boot("devices/hostdev/@mode").byDefault("subsystem"),
                VmRules.boot("devices/hostdev/@managed").byDefault("no"),
                VmRules.boot("devices/hostdev/@display").byDefault("off"),
                VmRules.boot("devices/hostdev/@ramfb").byDefault("off"),
                VmRules.boot("devices/hostdev/source/address/@uuid").as(Normalizers.UUID),
                VmRules.boot("devices/hostdev/source/address/@*")
                        .as(VmNormalizers.C_NUMBER)
                        .byDefault("0"),
                VmRules.boot("devices/hostdev/source/vendor/@id").as(VmNormalizers.C_NUMBER),
                VmRules.boot("devices/hostdev/source/product/@id").as(VmNormalizers.C_NUMBER),
                VmRules.boot("devices/hostdev/driver/@name").byDefault("vfio"),
                VmRules.boot("devices/redirfilter/usbdev/@class").as(VmNormalizers.C_NUMBER),
                VmRules.boot("devices/redirfilter/usbdev/@vendor").as(VmNormalizers.C_NUMBER),
                VmRules.boot("devices/redirfilter/usbdev/@product").as(VmNormalizers.C_NUMBER),
                VmRules.boot("devices/redirfilter/usbdev/@version").as(VmNormalizers.USB_VERSION),
                VmRules.boot("devices/panic/@model").chosen(),
                VmRules.boot("devices/watchdog/@action").byDefault("reset"),
                VmRules.boot("devices/vsock/@model").chosen(),
                VmRules.boot("devices/vsock/cid").chosen(),
                VmRules.boot("devices/vsock/cid/@*").chosen(),
                VmRules.boot("devices/shmem/@role").byDefault("peer"),
                VmRules.boot("devices/shmem/model/@type").chosen(),
                VmRules.boot("devices/shmem/size").chosen(),
                VmRules.boot("devices/shmem/msi/@enabled").byDefault("on"),
                VmRules.boot("devices/shmem/msi/@ioeventfd").chosen(),
                VmRules.boot("devices/shmem/msi/@vectors").as(Normalizers.INTEGER),
                VmRules.boot("devices/tpm/@model").chosen(),
                VmRules.boot("devices/tpm/backend/@version").chosen(),
                VmRules.boot("devices/memory/target/node").as(Normalizers.INTEGER),
                VmRules.boot("devices/nvram").chosen(),
                VmRules.boot("devices/iommu/driver/@*").as(Normalizers.TRUTH));
    }
}
