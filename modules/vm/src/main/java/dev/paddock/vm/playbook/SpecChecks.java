package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds fields of a VM that contradict each other, or that another one leaves without effect. */
public final class SpecChecks {
    private static final String QEMU_AGENT = "org.qemu.guest_agent.0";

    private final List<Diagnostic> found = new ArrayList<>();

    private SpecChecks() {}

    /**
     * Return the errors.
     *
     * @param vm as it was declared, with its shorthand
     * @param image that it starts from
     */
    public static List<Diagnostic> of(Value.Mapping vm, Optional<ImageSpec> image) {
        var checks = new SpecChecks();
        PlaybookValues.mappings(vm, "networks").forEach(checks::network);
        PlaybookValues.mappings(vm, "disks").forEach(checks::disk);
        image.map(ImageSpec::source)
                .filter(ImageSource.Build.class::isInstance)
                .map(ImageSource.Build.class::cast)
                .ifPresent(build -> checks.build(vm, build.recipe()));
        return checks.found;
    }

    private void network(Value.Mapping network) {
        if (has(network, "name") && has(network, "bridge")) {
            conflict(
                    network,
                    "bridge",
                    "An interface is in a network of libvirt's or on a bridge of the host, not in both.",
                    "Keep one of name and bridge.");
        }
        if (!has(network, "name") && !has(network, "bridge")) {
            found.add(Diagnostic.error(
                    Code.MISSING_KEY,
                    network.place(),
                    "The interface does not say which network it is in.",
                    "Add name, for a network of libvirt's, or bridge, for a bridge of the host."));
        }
        if (has(network, "bridge") && has(network, "address") && !has(network, "filter")) {
            conflict(
                    network,
                    "address",
                    "libvirt gives out no addresses on a bridge of the host, so 'address' has no effect.",
                    "Remove it, and have the network's own DHCP server keep the address.");
        }
    }

    private void disk(Value.Mapping disk) {
        var sources = Stream.of("file", "device", "volume")
                .filter(key -> has(disk, key))
                .toList();
        if (sources.size() > 1) {
            conflict(
                    disk,
                    sources.getLast(),
                    "A disk is one of file, device and volume, and there is '" + sources.getFirst() + "' already.",
                    "Keep one of them.");
        }
        if (has(disk, "pool") && !sources.isEmpty() && !sources.contains("volume")) {
            conflict(
                    disk,
                    "pool",
                    "A disk with '" + sources.getFirst() + "' is in no pool.",
                    "Remove pool, or name a volume of it.");
        }
    }

    private void build(Value.Mapping vm, String recipe) {
        var firmware = vm.text("firmware").orElse("bios");
        if (recipe.equals("tiny")) {
            tiny(vm);
        }
        if (recipe.equals("debian") && firmware.equals("efi") && vm.get("boot").isEmpty()) {
            found.add(Diagnostic.error(
                    Code.NEVER_READY,
                    place(vm, "firmware"),
                    "The image 'debian' boots by BIOS, and never by UEFI.",
                    "Leave firmware out."));
        }
    }

    private void tiny(Value.Mapping vm) {
        var ready = PlaybookValues.mapping(vm, "ready");
        if (ready.isEmpty()) {
            return;
        }
        var channels = PlaybookValues.mappings(vm, "channels").stream()
                .flatMap(channel -> channel.text("name").stream())
                .toList();
        if (ready.get().text("agent").filter("yes"::equals).isPresent()
                && channels.contains(QEMU_AGENT)
                && channels.stream().noneMatch(name -> name.startsWith("dev.paddock.agent."))) {
            never(
                    ready.get(),
                    "agent",
                    "The image 'tiny' has Paddock's agent and not QEMU's, for which the channel is.",
                    "Write channels: [dev.paddock.agent.0].");
        }
        if (ready.get().get("command").isPresent()) {
            never(
                    ready.get(),
                    "command",
                    "The command is run by QEMU's guest agent, and the image 'tiny' has none.",
                    "Write ready: {agent: yes} with channels: [dev.paddock.agent.0].");
        }
        if (ready.get().text("ssh").filter("yes"::equals).isPresent()) {
            never(
                    ready.get(),
                    "ssh",
                    "The image 'tiny' has no ssh server.",
                    "Write ready: {agent: yes} with channels: [dev.paddock.agent.0].");
        }
    }

    private void never(Value.Mapping ready, String key, String detail, String fix) {
        found.add(Diagnostic.error(Code.NEVER_READY, place(ready, key), detail, fix));
    }

    private void conflict(Value.Mapping holder, String key, String detail, String fix) {
        found.add(Diagnostic.error(Code.CONFLICTING_KEYS, place(holder, key), detail, fix));
    }

    private static SourceLocation place(Value.Mapping holder, String key) {
        var entry = holder.entries().get(key);
        return entry == null ? holder.place() : entry.keyPlace();
    }

    private static boolean has(Value.Mapping mapping, String key) {
        return mapping.text(key).isPresent();
    }
}
