package dev.paddock.host.libvirt.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.api.xml.Element;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.libvirt.connection.WriteConnection;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an image of a VM contains besides its data. libvirt's records say nothing about it: they can be deleted alone,
 * and then the image keeps its snapshots.
 *
 * @param disk the target of the disk
 * @param snapshots the names of the snapshots; a name can be there several times
 * @param bitmaps the names of the persistent bitmaps, which record what has changed since a backup
 */
record ImageContents(String disk, String path, List<String> snapshots, List<String> bitmaps) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String QCOW2 = "qcow2";

    ImageContents {
        snapshots = List.copyOf(snapshots);
        bitmaps = List.copyOf(bitmaps);
    }

    /** Return the contents of the images that hold the snapshots of a VM, as far as they can be read from here. */
    static List<ImageContents> of(WriteConnection connection, LibvirtMachine machine, Element domain) {
        return domain.children("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .filter(disk -> disk.attribute("device").orElse("disk").equals("disk"))
                .filter(disk -> disk.child("readonly").isEmpty())
                .filter(disk -> disk.child("driver")
                        .flatMap(driver -> driver.attribute("type"))
                        .filter(QCOW2::equals)
                        .isPresent())
                .flatMap(disk -> path(connection, disk)
                        .flatMap(path -> read(
                                machine,
                                disk.child("target")
                                        .flatMap(target -> target.attribute("dev"))
                                        .orElse("?"),
                                path))
                        .stream())
                .toList();
    }

    private static Optional<String> path(WriteConnection connection, Element disk) {
        var source = disk.child("source");
        var volume = source.flatMap(found -> found.attribute("volume"));
        return source.flatMap(found -> found.attribute("file").or(() -> found.attribute("dev")))
                .or(() -> source.flatMap(found -> found.attribute("pool"))
                        .flatMap(pool -> connection.find(() -> connection
                                .storagePoolLookupByName(pool)
                                .storageVolLookupByName(volume.orElse(""))
                                .getPath())));
    }

    /** The format is passed on, as a guest can make a raw disk look like any other. */
    private static Optional<ImageContents> read(LibvirtMachine machine, String disk, String path) {
        var program = List.of("qemu-img", "info", "--output=json", "-U", "-f", QCOW2, path);
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        try {
            return machine.command(program)
                    .map(command -> Program.of(command.toArray(String[]::new)).run())
                    .flatMap(outcome -> outcome instanceof ProcessResult.Ended ended && ended.succeeded()
                            ? parsed(disk, path, ended.output())
                            : Optional.empty());
        } catch (LabException gone) {
            return Optional.empty();
        }
    }

    static Optional<ImageContents> parsed(String disk, String path, String json) {
        try {
            var image = JSON.readTree(json);
            return Optional.of(new ImageContents(
                    disk,
                    path,
                    names(image.path("snapshots")),
                    names(image.path("format-specific").path("data").path("bitmaps"))));
        } catch (JsonProcessingException odd) {
            return Optional.empty();
        }
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    long count(String snapshot) {
        return snapshots.stream().filter(snapshot::equals).count();
    }
}
