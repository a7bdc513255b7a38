package dev.paddock.vm.compare;

import dev.paddock.api.change.Cost;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.rule.ListMatch;
import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.vm.document.VmNormalizers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How guests compare, and what their changes cost.
 *
 * <p>What libvirt keeps, drops and fills in is decided by virDomainDefParseXML and virDomainDefFormatInternal in its
 * src/conf/domain_conf.c, by src/conf/domain_postparse.c, and of QEMU by qemuDomainDefPostParse and
 * qemuDomainDeviceDefPostParse in src/qemu/qemu_domain.c; what can change in a running guest by
 * qemuDomainUpdateDeviceLive in src/qemu/qemu_driver.c and by src/qemu/qemu_hotplug.c.
 */
public final class VmRules {
    static final String QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

    private static final int DEEPEST = 12;

    private static final Pattern SECRET = Pattern.compile(
            "secret|passw|passphrase|token|credential|cookie|private|(^|[,.{\"])(data|key|pin|auth)\"?[=:]|://[^/@ ]+:[^/@ ]+@",
            Pattern.CASE_INSENSITIVE);

    private static final String BOOT = "A guest takes this up when it starts.";
    private static final String IDENTITY = "libvirt cannot change it of an existing guest.";

    public static final Rules RULES = new Rules(
            rules(),
            siblings(),
            List.of(),
            Rule.of("**/*").costs(Cost.RESTART, BOOT),
            Map.of("qemu", QEMU, "pool", PoolSpec.SPACE));

    private VmRules() {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Stream.of(
                        identity(),
                        general(),
                        processor(),
                        memory(),
                        devices(),
                        disks(),
                        interfaces(),
                        characters(),
                        displays(),
                        secrets(),
                        others())
                .flatMap(List::stream)
                .forEach(rules::add);
        return rules;
    }

    private static List<Rule> identity() {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.of("@id").momentary(),
                Rule.of("name").costs(Cost.REPLACE, IDENTITY),
                Rule.of("uuid").as(Normalizers.UUID).chosen().costs(Cost.REPLACE, IDENTITY),
                Rule.of("title").ofOthers(),
                Rule.of("description").ofOthers(),
                Rule.of("metadata").ofOthers(),
                Rule.of("metadata/*").ofOthers(),
                boot("genid").as(Normalizers.UUID).matching(VmNormalizers.EMPTY_IS_CHOSEN)));
        Stream.iterate("metadata/*", path -> path + "/*")
                .limit(DEEPEST)
                .flatMap(path -> Stream.of(Rule.of(path + "/@*"), Rule.of(path + "/*")))
                .forEach(rules::add);
        return rules;
    }

    private static List<Rule> general() {
        return List.of(
                boot("on_poweroff").byDefault("destroy"),
                boot("on_reboot").byDefault("restart"),
                boot("on_crash").byDefault("destroy"),
                boot("os/type/@arch").chosen(),
                boot("os/type/@machine").chosen().matching(VmNormalizers.MACHINE),
                boot("os/loader/@type").chosen(),
                boot("os/loader/@format").byDefault("raw"),
                boot("os/nvram").chosen().matching(VmNormalizers.EMPTY_IS_CHOSEN),
                boot("os/nvram/@type").chosen(),
                boot("os/nvram/@format").byDefault("raw"),
                boot("os/nvram/@templateFormat").byDefault("raw"),
                boot("os/firmware").chosen(),
                boot("os/firmware/feature").chosen(),
                boot("os/bootmenu/@timeout").as(Normalizers.INTEGER),
                boot("os/smbios/@mode").byDefault("none"),
                boot("clock/@offset").byDefault("utc"),
                boot("clock/@adjustment").as(Normalizers.INTEGER),
                boot("features/hyperv/@mode").byDefault("custom"),
                boot("features/pmu/@state").byDefault("on"),
                boot("features/vmcoreinfo/@state").byDefault("on"),
                boot("features/pvspinlock/@state").byDefault("on"),
                boot("features/gic/@version").chosen(),
                boot("seclabel/@type").chosen(),
                boot("seclabel/@model").chosen(),
                boot("seclabel/@relabel").chosen(),
                boot("seclabel/imagelabel").momentary(),
                boot("resource").chosen(),
                boot("launchSecurity/cbitpos").as(VmNormalizers.C_NUMBER).chosen(),
                boot("launchSecurity/reducedPhysBits")
                        .as(VmNormalizers.C_NUMBER)
                        .chosen(),
                boot("launchSecurity/policy").as(VmNormalizers.C_NUMBER),
                boot("sysinfo/@type").byDefault("smbios"),
                boot("sysinfo/system/entry[@name='uuid']").as(Normalizers.LOWER));
    }

    private static List<Rule> processor() {
        return List.of(
                boot("vcpu").as(Normalizers.INTEGER).byDefault("1"),
                boot("vcpu/@placement").chosen(),
                boot("vcpu/@cpuset").as(VmNormalizers.BITMAP_SET),
                Rule.of("vcpu/@current").as(Normalizers.INTEGER),
                boot("vcpus/vcpu").chosen(),
                boot("vcpus/vcpu/@order").chosen(),
                boot("cpu/@mode").chosen(),
                boot("cpu/@match").chosen(),
                boot("cpu/@check").chosen(),
                boot("cpu/@migratable").chosen(),
                boot("cpu/model").chosen(),
                boot("cpu/model/@fallback").chosen(),
                boot("cpu/topology/@dies").as(Normalizers.INTEGER).byDefault("1"),
                boot("cpu/topology/@clusters").as(Normalizers.INTEGER).byDefault("1"),
                boot("cpu/feature/@policy").byDefault("require"),
                boot("cpu/numa/cell/@cpus").as(VmNormalizers.BITMAP_SET),
                boot("cpu/numa/cell/distances").chosen(),
                boot("cpu/numa/cell/distances/sibling").chosen(),
                boot("cpu/numa/interconnects/*/@*").as(Normalizers.INTEGER),
                boot("cputune/vcpupin/@cpuset").as(VmNormalizers.BITMAP_SET),
                boot("cputune/emulatorpin/@cpuset").as(VmNormalizers.BITMAP_SET),
                boot("cputune/iothreadpin/@cpuset").as(VmNormalizers.BITMAP_SET),
                boot("cputune/cachetune/@vcpus").as(VmNormalizers.BITMAP_SET),
                boot("cputune/cachetune/monitor/@vcpus").as(VmNormalizers.BITMAP_SET),
                boot("cputune/memorytune/@vcpus").as(VmNormalizers.BITMAP_SET),
                boot("cputune/memorytune/monitor/@vcpus").as(VmNormalizers.BITMAP_SET),
                boot("iothreads").as(Normalizers.INTEGER),
                boot("iothreadids").chosen(),
                boot("iothreadids/iothread").chosen());
    }

    private static List<Rule> memory() {
        return List.of(
                boot("memory").chosen(),
                Rule.of("currentMemory").as(Normalizers.INTEGER),
                boot("numatune/memory").chosen(),
                boot("numatune/memory/@mode").chosen(),
                boot("numatune/memory/@placement").chosen(),
                boot("numatune/memory/@nodeset").as(VmNormalizers.BITMAP_SET),
                boot("numatune/memnode/@nodeset").as(VmNormalizers.BITMAP_SET),
                boot("numatune/memnode/@mode").byDefault("strict"),
                boot("memoryBacking/hugepages/page/@nodeset").as(VmNormalizers.BITMAP_SET),
                boot("devices/memory/source/nodemask").as(VmNormalizers.BITMAP_SET));
    }

    /** What is common to devices. */
    private static List<Rule> devices() {
        List<Rule> rules = new ArrayList<>(List.of(
                boot("devices/emulator").chosen(),
                boot("devices/*/address").chosen(),
                boot("devices/*/address/@multifunction").chosen(),
                boot("devices/*/address/@*").as(VmNormalizers.C_NUMBER).chosen(),
                boot("devices/*/boot/@order").as(Normalizers.INTEGER),
                boot("devices/*/driver/@queues").as(Normalizers.INTEGER),
                boot("devices/controller").chosen(),
                boot("devices/controller/@index").as(Normalizers.INTEGER).chosen(),
                boot("devices/controller/@model").chosen(),
                boot("devices/controller/model").chosen(),
                boot("devices/controller/target").chosen(),
                boot("devices/controller/target/@*").as(VmNormalizers.C_NUMBER).chosen(),
                boot("devices/controller/target/*").chosen(),
                boot("devices/controller/model/@name").chosen(),
                boot("devices/controller/master").chosen(),
                boot("devices/controller/master/@*").chosen(),
                boot("devices/controller/@ports").as(Normalizers.INTEGER),
                boot("devices/controller/@vectors").as(Normalizers.INTEGER),
                boot("devices/hub").chosen(),
                boot("devices/audio").chosen(),
                boot("devices/audio/@id").as(Normalizers.INTEGER).chosen(),
                boot("devices/memballoon").chosen(),
                boot("devices/memballoon/@model").chosen(),
                Rule.of("devices/memballoon/stats"),
                Rule.of("devices/memballoon/stats/@period").as(Normalizers.INTEGER),
                boot("devices/video").chosen(),
                boot("devices/video/model").chosen(),
                boot("devices/video/model/@type").chosen(),
                boot("devices/video/model/@heads").as(Normalizers.INTEGER).chosen(),
                boot("devices/video/model/@primary").chosen(),
                boot("devices/video/model/@ram").as(Normalizers.INTEGER).chosen(),
                boot("devices/video/model/@vram").as(Normalizers.INTEGER).chosen(),
                boot("devices/video/model/@vram64").as(Normalizers.INTEGER).chosen(),
                boot("devices/video/model/@vgamem").as(Normalizers.INTEGER).chosen()));
        return rules;
    }

    private static List<Rule> disks() {
        List<Rule> rules = new ArrayList<>(List.of(
                boot("devices/disk/@type").byDefault("file"),
                boot("devices/disk/@device").byDefault("disk"),
                boot("devices/disk/@snapshot"),
                boot("devices/disk/driver/@name").chosen(),
                boot("devices/disk/driver/@type").chosen(),
                boot("devices/disk/driver/@iothread").as(Normalizers.INTEGER),
                boot("devices/disk/target/@removable").byDefault("off"),
                boot("devices/disk/target/@tray").byDefault("closed"),
                boot("devices/disk/mirror").momentary(),
                boot("devices/disk/geometry/@trans").byDefault("auto"),
                boot("**/backingStore/@index").momentary(),
                boot("**/backingStore/@id").momentary(),
                boot("devices/disk/source/@index").momentary(),
                boot("**/backingStore/source/@index").momentary(),
                boot("**/encryption/@engine").chosen(),
                boot("**/encryption/secret/@uuid").as(Normalizers.UUID),
                boot("**/auth/secret/@uuid").as(Normalizers.UUID),
                boot("devices/disk/source/host/@port").chosen(),
                boot("devices/disk/source/host/@transport").byDefault("tcp"),
                boot("**/backingStore/source/host/@port").chosen(),
                boot("**/source/reservations/source/@mode").chosen()));
        Stream.concat(Stream.of("devices/disk/iotune/group_name"), Stream.of("devices/disk/iotune"))
                .map(Rule::of)
                .forEach(rules::add);
        rules.add(Rule.of("devices/disk/iotune/*").as(Normalizers.INTEGER));
        return rules;
    }

    private static List<Rule> interfaces() {
        List<Rule> rules = new ArrayList<>(List.of(
                boot("devices/interface/mac").chosen(),
                boot("devices/interface/mac/@address")
                        .as(Normalizers.MAC_ADDRESS)
                        .chosen(),
                boot("devices/interface/model").chosen(),
                boot("devices/interface/model/@type").as(Normalizers.LOWER).chosen(),
                boot("devices/interface/mtu/@size").as(Normalizers.INTEGER),
                boot("devices/interface/tune/sndbuf").as(Normalizers.INTEGER),
                boot("devices/interface/source/address/@*")
                        .as(VmNormalizers.C_NUMBER)
                        .chosen(),
                boot("devices/interface/source/@mode").chosen(),
                boot("devices/interface/@managed").byDefault("no"),
                boot("devices/interface/ip/@address").as(Normalizers.ADDRESS),
                boot("devices/interface/ip/@family").byDefault("ipv4"),
                boot("devices/interface/route/@gateway").as(Normalizers.ADDRESS),
                live("devices/interface/link"),
                live("devices/interface/link/@state").byDefault("up"),
                live("devices/interface/port"),
                live("devices/interface/port/@isolated").byDefault("no"),
                live("devices/interface/source"),
                live("devices/interface/source/@network"),
                live("devices/interface/source/@bridge"),
                boot("devices/interface/source/@portgroup"),
                live("devices/interface/filterref"),
                live("devices/interface/filterref/@filter"),
                live("devices/interface/filterref/parameter"),
                live("devices/interface/filterref/parameter/@*"),
                live("devices/interface/bandwidth"),
                live("devices/interface/bandwidth/*"),
                live("devices/interface/vlan"),
                live("devices/interface/vlan/tag"),
                live("devices/interface/vlan/@trunk"),
                live("devices/interface/vlan/tag/@*"),
                live("devices/interface/virtualport"),
                live("devices/interface/virtualport/@type"),
                live("devices/interface/virtualport/parameters").chosen(),
                live("devices/interface/virtualport/parameters/@*").chosen()));
        rules.add(live("devices/interface/bandwidth/*/@*").as(Normalizers.INTEGER));
        return rules;
    }

    private static List<Rule> characters() {
        List<Rule> rules = new ArrayList<>();
        for (var name : List.of("serial", "parallel", "console", "channel", "redirdev", "smartcard", "rng/backend")) {
            var device = "devices/" + name;
            rules.add(boot(device + "/protocol").chosen());
            rules.add(boot(device + "/protocol/@type").byDefault("raw"));
            rules.add(boot(device + "/source/@mode").byDefault("connect"));
            rules.add(boot(device + "/source/@tls").chosen());
            rules.add(boot(device + "/source/@append").as(Normalizers.TRUTH));
            rules.add(boot(device + "/log/@append").as(Normalizers.TRUTH).byDefault("no"));
        }
        rules.addAll(List.of(
                boot("devices/serial/@type"),
                boot("devices/console/@type"),
                boot("devices/serial/target").chosen(),
                boot("devices/serial/target/@type").chosen(),
                boot("devices/serial/target/@port").as(Normalizers.INTEGER).chosen(),
                boot("devices/serial/target/model").chosen(),
                boot("devices/serial/target/model/@name").chosen(),
                boot("devices/parallel/target").chosen(),
                boot("devices/parallel/target/@port").as(Normalizers.INTEGER).chosen(),
                boot("devices/console/target").chosen(),
                boot("devices/console/target/@type").chosen(),
                boot("devices/console/target/@port").as(Normalizers.INTEGER).chosen(),
                boot("devices/channel/target/@state").momentary(),
                boot("devices/channel/target/@address").as(Normalizers.ADDRESS),
                boot("devices/redirdev/source/@channel").chosen(),
                boot("devices/redirdev/@bus").byDefault("usb"),
                boot("devices/rng/backend")
                        .matching((declared, observed) ->
                                declared.equals(observed) || (declared.isEmpty() && observed.equals("/dev/random")))));
        return rules;
    }

    private static List<Rule> displays() {
        return List.of(
                boot("devices/graphics/@autoport").byDefault("no"),
                boot("devices/graphics/@port").as(Normalizers.INTEGER),
                boot("devices/graphics/@tlsPort").as(Normalizers.INTEGER),
                live("devices/graphics/@passwd").ofOthers().sensitive(),
                live("devices/graphics/@passwdValidTo"),
                live("devices/graphics/@connected"),
                boot("devices/graphics/listen/@type").chosen(),
                boot("devices/graphics/@*").as(Normalizer.TEXT),
                boot("devices/input/@bus").chosen(),
                boot("devices/sound/codec").as(Normalizer.TEXT));
    }

    /**
     * What libvirt gives away with VIR_DOMAIN_XML_SECURE only, but for the passwords of displays, and what arguments of
     * QEMU's own may hold. Whoever declares nothing here may have copied a document that was without it, so it stays.
     */
    private static List<Rule> secrets() {
        return List.of(
                boot("**/cookies").ofOthers().sensitive(),
                boot("qemu:commandline/qemu:env/@value").ofOthers().sensitive(),
                boot("qemu:commandline/qemu:arg/@value").sensitive(VmRules::mayBeSecret));
    }

    /** QEMU's arguments are of any form: {@code secret,id=s,data=...}, JSON, {@code fw_cfg} with a token. */
    private static boolean mayBeSecret(String argument) {
        return SECRET.matcher(argument).find();
    }

    private static List<Rule> others() {
        return List.of(
                boot("devices/filesystem/@type").byDefault("mount"),
                boot("devices/filesystem/@accessmode").chosen(),
                boot("devices/filesystem/@fmode").as(Normalizers.INTEGER),
                boot("devices/filesystem/@dmode").as(Normalizers.INTEGER),
                boot("devices/filesystem/driver/@queue").as(Normalizers.INTEGER),
                boot("devices/hostdev/@mode").byDefault("subsystem"),
                boot("devices/hostdev/@managed").byDefault("no"),
                boot("devices/hostdev/@display").byDefault("off"),
                boot("devices/hostdev/@ramfb").byDefault("off"),
                boot("devices/hostdev/source/address/@uuid").as(Normalizers.UUID),
                boot("devices/hostdev/source/address/@*")
                        .as(VmNormalizers.C_NUMBER)
                        .byDefault("0"),
                boot("devices/hostdev/source/vendor/@id").as(VmNormalizers.C_NUMBER),
                boot("devices/hostdev/source/product/@id").as(VmNormalizers.C_NUMBER),
                boot("devices/hostdev/driver").chosen(),
                boot("devices/redirfilter/usbdev/@class").as(VmNormalizers.C_NUMBER),
                boot("devices/redirfilter/usbdev/@vendor").as(VmNormalizers.C_NUMBER),
                boot("devices/redirfilter/usbdev/@product").as(VmNormalizers.C_NUMBER),
                boot("devices/redirfilter/usbdev/@version").as(VmNormalizers.USB_VERSION),
                boot("devices/panic/@model").chosen(),
                boot("devices/watchdog/@action").byDefault("reset"),
                boot("devices/vsock/@model").chosen(),
                boot("devices/vsock/cid").chosen(),
                boot("devices/vsock/cid/@*").chosen(),
                boot("devices/shmem/@role").byDefault("peer"),
                boot("devices/shmem/model/@type").chosen(),
                boot("devices/shmem/size").chosen(),
                boot("devices/shmem/msi/@enabled").byDefault("on"),
                boot("devices/shmem/msi/@ioeventfd").chosen(),
                boot("devices/shmem/msi/@vectors").as(Normalizers.INTEGER),
                boot("devices/tpm/@model").chosen(),
                boot("devices/tpm/backend/@version").chosen(),
                boot("devices/memory/target/node").as(Normalizers.INTEGER),
                boot("devices/nvram").chosen(),
                boot("devices/iommu/driver/@*").as(Normalizers.TRUTH));
    }

    private static List<ListMatch> siblings() {
        return List.of(
                keyed("metadata/pool:pool/pool:disk", List.of("@target")),
                keyed("devices/disk", List.of("target/@dev")),
                keyed("devices/interface", List.of("mac/@address"), List.of("alias/@name"), List.of("target/@dev")),
                keyed("devices/interface/filterref/parameter", List.of("@name", "@value"), List.of("@name")),
                keyed("devices/interface/vlan/tag", List.of("@id")),
                keyed("devices/interface/ip", List.of("@address")),
                keyed("devices/interface/route", List.of("@address")),
                keyed("devices/controller", List.of("@type", "@index")),
                keyed("devices/channel/source", List.of("@mode")),
                keyed("devices/serial/source", List.of("@mode")),
                keyed("devices/parallel/source", List.of("@mode")),
                keyed("devices/console/source", List.of("@mode")),
                keyed("devices/rng/backend/source", List.of("@mode")),
                keyed("devices/channel", List.of("target/@name"), List.of("target/@address", "target/@port")),
                keyed("devices/graphics", List.of("@type")),
                keyed("devices/audio", List.of("@id")),
                keyed("devices/filesystem", List.of("target/@dir")),
                keyed(
                        "devices/hostdev",
                        List.of("@type", "source/address/@uuid"),
                        List.of(
                                "@type",
                                "source/address/@domain",
                                "source/address/@bus",
                                "source/address/@slot",
                                "source/address/@function"),
                        List.of("@type", "source/vendor/@id", "source/product/@id"),
                        List.of("@type", "source/adapter/@name")),
                keyed("devices/input", List.of("@type", "@bus"), List.of("@type")),
                keyed("devices/memory"),
                keyed("devices/sound"),
                keyed("devices/video"),
                keyed("devices/rng"),
                keyed("devices/redirdev"),
                keyed("devices/smartcard"),
                keyed("devices/hub"),
                keyed("devices/watchdog", List.of("@model")),
                keyed("devices/panic", List.of("@model")),
                keyed("devices/shmem", List.of("@name")),
                keyed("devices/serial", List.of("target/@port")),
                keyed("devices/parallel", List.of("target/@port")),
                new ListMatch.Ordered("devices/console", "consoles"),
                new ListMatch.Ordered("devices/disk/source/host", "hosts"),
                new ListMatch.Ordered("devices/redirfilter/usbdev", "filters"),
                new ListMatch.Ordered("os/boot", "boot"),
                new ListMatch.Ordered("os/initarg", "initargs"),
                new ListMatch.Ordered("qemu:commandline/qemu:arg", "arguments"),
                keyed("qemu:commandline/qemu:env", List.of("@name")),
                keyed("qemu:capabilities/qemu:add", List.of("@capability")),
                keyed("qemu:capabilities/qemu:del", List.of("@capability")),
                keyed("qemu:override/qemu:device", List.of("@alias")),
                keyed("qemu:override/qemu:device/qemu:frontend/qemu:property", List.of("@name")),
                keyed("os/firmware/feature", List.of("@name")),
                keyed("os/acpi/table", List.of("@type")),
                keyed("cpu/feature", List.of("@name")),
                keyed("cpu/numa/cell", List.of("@id")),
                keyed("cpu/numa/cell/distances/sibling", List.of("@id")),
                keyed("cpu/numa/cell/cache", List.of("@level")),
                keyed("cpu/numa/interconnects/latency"),
                keyed("cpu/numa/interconnects/bandwidth"),
                keyed("clock/timer", List.of("@name")),
                keyed("cputune/vcpupin", List.of("@vcpu")),
                keyed("cputune/iothreadpin", List.of("@iothread")),
                keyed("cputune/vcpusched", List.of("@vcpus")),
                keyed("cputune/iothreadsched", List.of("@iothreads")),
                keyed("cputune/cachetune", List.of("@vcpus")),
                keyed("cputune/cachetune/cache", List.of("@id", "@level", "@type")),
                keyed("cputune/cachetune/monitor", List.of("@level", "@vcpus")),
                keyed("cputune/memorytune", List.of("@vcpus")),
                keyed("cputune/memorytune/node", List.of("@id")),
                keyed("blkiotune/device", List.of("path")),
                keyed("iothreadids/iothread", List.of("@id")),
                keyed("vcpus/vcpu", List.of("@id")),
                keyed("memoryBacking/hugepages/page", List.of("@size", "@nodeset"), List.of("@size")),
                keyed("numatune/memnode", List.of("@cellid")),
                keyed("perf/event", List.of("@name")),
                keyed("seclabel", List.of("@model")),
                keyed("idmap/uid", List.of("@start")),
                keyed("idmap/gid", List.of("@start")),
                keyed("sysinfo/bios/entry", List.of("@name")),
                keyed("sysinfo/system/entry", List.of("@name")),
                new ListMatch.Ordered("sysinfo/baseBoard", "boards"),
                keyed("sysinfo/baseBoard/entry", List.of("@name")),
                keyed("sysinfo/chassis/entry", List.of("@name")),
                new ListMatch.Ordered("sysinfo/oemStrings/entry", "strings"),
                keyed("sysinfo/entry", List.of("@name")),
                keyed("keywrap/cipher", List.of("@name")));
    }

    private static ListMatch keyed(String path, List<?>... keys) {
        return new ListMatch.Keyed(
                path,
                Arrays.stream(keys)
                        .map(key -> key.stream().map(String.class::cast).toList())
                        .toList());
    }

    private static Rule boot(String path) {
        return Rule.of(path).costs(Cost.RESTART, BOOT);
    }

    private static Rule live(String path) {
        return Rule.of(path);
    }
}
