package dev.paddock.vm.rule;

import dev.paddock.api.rule.ListMatch;
import java.util.Arrays;
import java.util.List;

/** How list elements in a VM's document are matched. */
final class VmListMatches {
    private VmListMatches() {}

    static List<ListMatch> all() {
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
                keyed("devices/vsock"),
                keyed("devices/iommu"),
                keyed("devices/tpm"),
                keyed("devices/crypto"),
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
                keyed("sysinfo", List.of("@type")),
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
}
