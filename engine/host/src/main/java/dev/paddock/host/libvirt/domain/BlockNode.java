package dev.paddock.host.libvirt.domain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk of a running VM as seen by QEMU.
 *
 * @param name of the device's node
 * @param device the device, for display
 * @param snapshots the bytes of memory state of each snapshot in the image, by the snapshot's name
 * @param file the image
 * @param names the names of the snapshots; a name can be there several times
 * @param bitmaps the names of the persistent bitmaps
 */
public record BlockNode(
        String name,
        String device,
        String format,
        boolean writable,
        Map<String, Long> snapshots,
        String file,
        List<String> names,
        List<String> bitmaps) {
    public BlockNode {
        snapshots = Map.copyOf(snapshots);
        names = List.copyOf(names);
        bitmaps = List.copyOf(bitmaps);
    }

    /** A disk whose image holds each snapshot once, and no bitmap. */
    public BlockNode(String name, String device, String format, boolean writable, Map<String, Long> snapshots) {
        this(name, device, format, writable, snapshots, "", List.copyOf(snapshots.keySet()), List.of());
    }

    /** Parse the answer to query-block. A drive without a medium is not a disk. */
    public static List<BlockNode> of(JsonNode answer) {
        List<BlockNode> nodes = new ArrayList<>();
        for (var device : answer) {
            var inserted = device.path("inserted");
            if (inserted.isMissingNode()) {
                continue;
            }
            Map<String, Long> snapshots = new TreeMap<>();
            List<String> names = new ArrayList<>();
            List<String> bitmaps = new ArrayList<>();
            // One that is not persistent belongs to a job that runs.
            for (var bitmap : inserted.path("dirty-bitmaps")) {
                if (bitmap.path("persistent").asBoolean()) {
                    bitmaps.add(bitmap.path("name").asText());
                }
            }
            for (var snapshot : inserted.path("image").path("snapshots")) {
                names.add(snapshot.path("name").asText());
                snapshots.put(
                        snapshot.path("name").asText(),
                        snapshot.path("vm-state-size").asLong());
            }
            nodes.add(new BlockNode(
                    inserted.path("node-name").asText(),
                    device.path("qdev").asText(device.path("device").asText()),
                    inserted.path("drv").asText(),
                    !inserted.path("ro").asBoolean(),
                    snapshots,
                    inserted.path("image").path("filename").asText(),
                    names,
                    bitmaps));
        }
        return nodes;
    }
}
