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
 */
public record BlockNode(String name, String device, String format, boolean writable, Map<String, Long> snapshots) {
    public BlockNode {
        snapshots = Map.copyOf(snapshots);
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
            for (var snapshot : inserted.path("image").path("snapshots")) {
                snapshots.put(
                        snapshot.path("name").asText(),
                        snapshot.path("vm-state-size").asLong());
            }
            nodes.add(new BlockNode(
                    inserted.path("node-name").asText(),
                    device.path("qdev").asText(device.path("device").asText()),
                    inserted.path("drv").asText(),
                    !inserted.path("ro").asBoolean(),
                    snapshots));
        }
        return nodes;
    }
}
