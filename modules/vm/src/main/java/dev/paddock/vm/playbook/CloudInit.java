package dev.paddock.vm.playbook;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first boot of a VM: a disc that cloud-init finds by its label (the NoCloud data source).
 *
 * <p>The name of the disc depends on its content. So new content means a new disc, which shows in a plan.
 */
record CloudInit(ImageSpec disc, SourceLocation place) {
    private static final String HEAD = "#cloud-config\n";

    static Optional<CloudInit> of(Value.Mapping guest) {
        var name = guest.text("name").orElse("");
        return PlaybookValues.mapping(guest, "cloud_init").map(said -> {
            var host = said.text("hostname").orElse(name);
            var identity = PlaybookValues.identity(guest);
            Map<String, String> files = new LinkedHashMap<>();
            files.put("user-data", userData(said, host));
            files.put("meta-data", metaData(said, instance(said, identity), host));
            said.get("network_config").map(CloudInit::text).ifPresent(text -> files.put("network-config", text));
            return new CloudInit(
                    new ImageSpec(discName(instance(said, identity)), new ImageSource.Seed(files), "raw"),
                    said.place());
        });
    }

    private static String instance(Value.Mapping said, String name) {
        return said.text("instance")
                .filter(number -> !number.equals("1"))
                .map(number -> name + "-" + number)
                .orElse(name);
    }

    private static String discName(String guest) {
        var fits = guest.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return (fits.isEmpty() ? "vm" : fits.substring(0, Math.min(fits.length(), 58))) + "-seed";
    }

    private static String userData(Value.Mapping said, String host) {
        var whole = said.text("user_data");
        if (whole.isPresent()) {
            return whole.get();
        }
        var place = said.place();
        var data = PlaybookValues.mapping(place, "hostname", host);
        var keys = said.get("ssh_authorized_keys");
        if (keys.isPresent()) {
            data = data.with("ssh_authorized_keys", lines(keys.get()));
        }
        var packages = said.get("packages");
        if (packages.isPresent()) {
            data = data.with("packages", packages.get());
        }
        return HEAD + FlowYaml.of(PlaybookValues.under(data, said, "user_data")) + "\n";
    }

    /** A text of several lines is the content of a file of keys. */
    private static Value lines(Value keys) {
        List<Value> each = new ArrayList<>();
        for (var item : keys instanceof Value.Sequence list ? list.items() : List.of(keys)) {
            if (item instanceof Value.Scalar scalar) {
                SshKeys.of(scalar.text()).forEach(key -> each.add(Value.Scalar.of(scalar.place(), key)));
            }
        }
        return PlaybookValues.list(keys.place(), each);
    }

    /** The instance id stays when other data changes: otherwise, cloud-init would treat the VM as a new machine. */
    private static String metaData(Value.Mapping said, String instance, String host) {
        var data = PlaybookValues.mapping(said.place(), "instance-id", instance, "local-hostname", host);
        return FlowYaml.of(PlaybookValues.under(data, said, "meta_data")) + "\n";
    }

    private static String text(Value value) {
        return value instanceof Value.Scalar scalar ? scalar.text() : FlowYaml.of(value) + "\n";
    }

    DerivedResource derived() {
        return ImageSyntax.derived(disc, place);
    }

    Value.Mapping on(Value.Mapping guest) {
        List<Value> disks = new ArrayList<>(PlaybookValues.mappings(guest, "disks"));
        var drive = PlaybookValues.mapping(
                place, "media", "cdrom", "file", ImageStore.path(disc.files().getFirst()));
        var isIde = guest.text("machine")
                .filter(machine -> machine.startsWith("pc"))
                .isPresent();
        disks.add(
                PlaybookValues.mappings(guest, "disks").stream().allMatch(CloudInit::isVirtio)
                        ? PlaybookValues.with(drive, "target", isIde ? "hda" : "sda")
                        : drive);
        return guest.with("disks", PlaybookValues.list(guest.place(), disks));
    }

    /** If all other disks are on virtio, the drive gets a name of its own, which stays when disks are added. */
    private static boolean isVirtio(Value.Mapping disk) {
        return disk.text("bus").orElse("virtio").equals("virtio")
                && disk.text("media").orElse("disk").equals("disk")
                && disk.text("target").orElse("vda").startsWith("vd");
    }
}
