package dev.paddock.vm.rule;

import dev.paddock.api.change.Cost;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import dev.paddock.vm.document.VmNormalizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How VMs compare, and the costs of their changes.
 *
 * <p>These functions decide what libvirt keeps, drops and fills in: virDomainDefParseXML and virDomainDefFormatInternal
 * in src/conf/domain_conf.c, src/conf/domain_postparse.c, and for QEMU qemuDomainDefPostParse and
 * qemuDomainDeviceDefPostParse in src/qemu/qemu_domain.c. These decide what can change in a running VM:
 * qemuDomainUpdateDeviceLive in src/qemu/qemu_driver.c, and src/qemu/qemu_hotplug.c.
 */
public final class VmRules {
    static final String QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

    private static final int DEEPEST = 12;

    static final String BOOT = "A guest takes this up when it starts.";
    private static final String IDENTITY = "libvirt cannot change it of an existing guest.";

    public static final Rules RULES = new Rules(
            rules(),
            VmListMatches.all(),
            List.of(),
            Rule.of("**/*").costs(Cost.RESTART, BOOT),
            Map.of("qemu", QEMU, "pool", PoolSpec.SPACE));

    private VmRules() {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Stream.of(identity(), general(), processor(), memory(), VmDeviceRules.all())
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
                boot("os/loader/@type").byDefault("rom"),
                boot("os/loader/@format").byDefault("raw"),
                boot("os/nvram").chosen().matching(VmNormalizers.EMPTY_IS_CHOSEN),
                boot("os/nvram/@type").chosen(),
                boot("os/nvram/@format").byDefault("raw"),
                boot("os/nvram/@templateFormat").byDefault("raw"),
                boot("os/bootmenu/@timeout").as(Normalizers.INTEGER),
                boot("os/smbios/@mode").byDefault("none"),
                boot("clock/@offset").byDefault("utc"),
                boot("clock/@adjustment").as(Normalizers.INTEGER),
                boot("features/gic/@version").chosen(),
                boot("seclabel/@model").chosen(),
                boot("seclabel/@relabel").chosen(),
                boot("seclabel/imagelabel").momentary(),
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
                boot("vcpu/@cpuset").as(VmNormalizers.BITMAP_SET),
                Rule.of("vcpu/@current").as(Normalizers.INTEGER),
                boot("vcpus/vcpu").chosen(),
                boot("vcpus/vcpu/@*").chosen(),
                boot("cpu/topology/@dies").as(Normalizers.INTEGER).byDefault("1"),
                boot("cpu/topology/@clusters").as(Normalizers.INTEGER).byDefault("1"),
                boot("cpu/feature/@policy").byDefault("require"),
                boot("cpu/numa/cell/@cpus").as(VmNormalizers.BITMAP_SET),
                boot("cpu/numa/cell/distances/sibling").chosen(),
                boot("cpu/numa/cell/distances/sibling/@*").chosen(),
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
                boot("iothreadids/iothread").chosen(),
                boot("iothreadids/iothread/@id").chosen());
    }

    private static List<Rule> memory() {
        return List.of(
                boot("memory").chosen(),
                Rule.of("currentMemory").as(Normalizers.INTEGER),
                boot("numatune/memory/@mode").byDefault("strict"),
                boot("numatune/memory/@nodeset").as(VmNormalizers.BITMAP_SET),
                boot("numatune/memnode/@nodeset").as(VmNormalizers.BITMAP_SET),
                boot("numatune/memnode/@mode").byDefault("strict"),
                boot("memoryBacking/hugepages/page/@nodeset").as(VmNormalizers.BITMAP_SET),
                boot("devices/memory/source/nodemask").as(VmNormalizers.BITMAP_SET));
    }

    static Rule boot(String path) {
        return Rule.of(path).costs(Cost.RESTART, BOOT);
    }

    static Rule live(String path) {
        return Rule.of(path);
    }
}
