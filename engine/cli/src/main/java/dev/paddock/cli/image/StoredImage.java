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
 * An image as a host has it.
 *
 * @param name the host's name of it
 * @param isWhole false of one that is being written or removed, or that a run did not finish
 * @param volumes its files by the names of their volumes, with the bytes that they take
 * @param made absent where the host does not tell
 */
record StoredImage(
        String name, boolean isWhole, Map<String, Long> volumes, Optional<Instant> made, List<VolumeUsage> users) {
    private static final String START = ImageStore.POOL + "/";

    /** Return all that a host has, by name. Disks of guests, which are in the same pool, are none. */
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

    /** libvirt tells seconds, a dot, and nanoseconds. */
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

    /** Return how old it is, in the largest unit that fits. */
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

    /** Return the size for people. */
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
