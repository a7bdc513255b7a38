package dev.paddock.cli.image;

import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.image.ImageManifest;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.image.ImageStore;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An image on a host.
 *
 * @param name its name on the host
 * @param isWhole false if it is being written or removed, or if a run did not finish it
 * @param volumes the bytes that its files take, by the names of their volumes
 * @param made when it was created; absent if the host does not report it
 */
record StoredImage(
        String name, boolean isWhole, Map<String, Long> volumes, Optional<Instant> made, List<VolumeUsage> users) {
    private static final String START = ImageStore.POOL + "/";

    /** Return all images of a host, by name. Leaves out the disks of VMs, which are in the same storage pool. */
    static List<StoredImage> all(HostReader reader) {
        Map<String, Observed.Present> volumes = new TreeMap<>();
        reader.read("volume", Optional.empty()).forEach((name, observed) -> {
            if (name.startsWith(START) && observed instanceof Observed.Present present) {
                volumes.put(name.substring(START.length()), present);
            }
        });
        Map<String, StoredImage> images = new TreeMap<>();
        volumes.keySet().stream()
                .flatMap(volume -> ImageManifest.marked(volume).stream())
                .distinct()
                .forEach(name -> images.put(name, of(name, volumes, reader)));
        return List.copyOf(images.values());
    }

    private static StoredImage of(String name, Map<String, Observed.Present> volumes, HostReader reader) {
        Map<String, Long> files = new LinkedHashMap<>();
        List<VolumeUsage> users = new ArrayList<>();
        for (var file : ImageSpec.fileNames(name)) {
            var volume = Optional.ofNullable(volumes.get(file));
            if (volume.isPresent()) {
                files.put(file, bytes(volume.get().defined()));
                users.addAll(reader.users(volume(file)));
            }
        }
        var isWhole =
                volumes.containsKey(ImageManifest.volume(name)) && !volumes.containsKey(ImageManifest.unfinished(name));
        var mark = Optional.ofNullable(volumes.get(ImageManifest.volume(name)))
                .or(() -> Optional.ofNullable(volumes.get(ImageManifest.unfinished(name))));
        return new StoredImage(
                name, isWhole, files, mark.flatMap(volume -> changed(volume.defined())), List.copyOf(users));
    }

    static ResourceId volume(String file) {
        return new ResourceId("volume", START + file);
    }

    private static long bytes(Element volume) {
        return volume.childText("allocation").map(Long::parseLong).orElse(0L);
    }

    /** libvirt reports seconds, a dot, and nanoseconds. */
    private static Optional<Instant> changed(Element volume) {
        return volume.child("target")
                .flatMap(target -> target.child("timestamps"))
                .flatMap(times -> times.childText("mtime"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", ""))));
    }

    long bytes() {
        return volumes.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isUsed() {
        return !users.isEmpty();
    }

    /** Return the age of the image in the largest unit that fits. */
    String age(Instant now) {
        return made.map(then -> words(Duration.between(then, now))).orElse("-");
    }

    private static String words(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return Math.max(0, age.toMinutes()) + "m";
    }

    /** Return a size for people. */
    static String size(long bytes) {
        return bytes < 10 << 20 ? Math.ceilDiv(bytes, 1 << 10) + " KiB" : Math.ceilDiv(bytes, 1 << 20) + " MiB";
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", name);
        report.put("whole", isWhole);
        report.put("bytes", bytes());
        made.ifPresent(then -> report.put("made", then.toString()));
        report.put("files", List.copyOf(volumes.keySet()));
        report.put(
                "users",
                users.stream()
                        .map(user -> Map.<String, Object>of("address", user.by().toString(), "how", user.how()))
                        .toList());
        return report;
    }
}
