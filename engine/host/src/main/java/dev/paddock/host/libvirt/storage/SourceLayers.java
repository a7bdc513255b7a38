package dev.paddock.host.libvirt.storage;

import dev.paddock.api.host.Observed;
import dev.paddock.api.xml.Element;
import dev.paddock.host.image.Qcow2;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What lies below files: the backing chains of disks, put together from everything that tells a part of them. */
public final class SourceLayers {
    private static final String BACKING = "backingStore";
    private static final String RAW = "raw";

    /** The root of the host's files, if they are visible from here. */
    private final Optional<Path> root;
    /** The paths of volumes, by the names of their pool and their own. */
    private final Map<String, String> paths = new HashMap<>();
    /** The names of volumes, by path. */
    private final Map<String, Set<String>> volumes = new HashMap<>();

    private final Map<String, Set<Layer>> below = new HashMap<>();
    private final Map<String, Set<Element>> forms = new HashMap<>();

    /** One file in a chain. A raw file has nothing below it, whatever its content looks like: a guest may write it. */
    private record Layer(String key, String format) {}

    /**
     * Make them from volumes.
     *
     * @param found the volumes of the host
     */
    public SourceLayers(Map<String, Observed> found, Optional<Path> root) {
        this.root = root;
        found.forEach((name, observed) -> {
            if (observed instanceof Observed.Present present) {
                present.defined()
                        .child("target")
                        .flatMap(target -> target.childText("path"))
                        .ifPresent(path -> {
                            paths.put(name, path);
                            volumes.computeIfAbsent(path, key -> new LinkedHashSet<>())
                                    .add(name);
                        });
            }
        });
        found.values().forEach(observed -> {
            if (observed instanceof Observed.Present present) {
                volume(present.defined());
            }
        });
    }

    private void volume(Element volume) {
        var path = volume.child("target").flatMap(target -> target.childText("path"));
        var backing = volume.child(BACKING).flatMap(store -> store.childText("path"));
        if (path.isPresent() && backing.isPresent()) {
            put(path.get(), new Layer(backing.get(), format(volume.child(BACKING), "format")));
        }
    }

    /** Add the chain that the document of a VM has, and that of each of its snapshots. */
    public void add(Element domain) {
        domain.children("devices").stream()
                .flatMap(devices -> devices.children("disk").stream())
                .forEach(this::chain);
    }

    private void chain(Element upper) {
        for (var store : upper.children(BACKING)) {
            for (var above : upper.children("source")) {
                for (var source : store.children("source")) {
                    above(above, source, format(Optional.of(store), "format"));
                }
            }
            chain(store);
        }
    }

    /** Add that one source is on top of another one. */
    public void above(Element upper, Element lower, String format) {
        put(key(upper), new Layer(key(lower), format));
        forms.computeIfAbsent(key(lower), key -> new LinkedHashSet<>()).add(bare(lower));
    }

    private void put(String upper, Layer lower) {
        if (!upper.isEmpty() && !lower.key().isEmpty() && !upper.equals(lower.key())) {
            below.computeIfAbsent(upper, key -> new LinkedHashSet<>()).add(lower);
        }
    }

    /** Return all sources below that of a disk, in every form that a document may name them by. */
    public List<Element> below(Element disk) {
        List<Element> found = new ArrayList<>();
        for (var key : keysBelow(disk)) {
            found.addAll(forms.getOrDefault(key, Set.of()));
            if (key.startsWith("/")) {
                found.add(Element.of("source").withAttribute("file", key));
                found.add(Element.of("source").withAttribute("dev", key));
            }
            for (var volume : volumes.getOrDefault(key, Set.of())) {
                var slash = volume.indexOf('/');
                found.add(Element.of("source")
                        .withAttribute("pool", volume.substring(0, slash))
                        .withAttribute("volume", volume.substring(slash + 1)));
            }
        }
        return List.copyOf(new LinkedHashSet<>(found));
    }

    /** Return whether a file is one of those below the source of a disk. */
    public boolean isBelow(String path, Element disk) {
        return keysBelow(disk).contains(path);
    }

    private Set<String> keysBelow(Element disk) {
        Set<String> seen = new LinkedHashSet<>();
        var waiting = new ArrayDeque<Layer>();
        disk.child("source")
                .map(source -> new Layer(key(source), format(disk.child("driver"), "type")))
                .ifPresent(waiting::add);
        var top = waiting.stream().findFirst().map(Layer::key).orElse("");
        while (!waiting.isEmpty()) {
            var layer = waiting.remove();
            if (layer.format().equals(RAW)) {
                continue;
            }
            var next =
                    Stream.concat(below.getOrDefault(layer.key(), Set.of()).stream(), inHeader(layer.key()).stream());
            next.filter(lower -> !lower.key().equals(top) && seen.add(lower.key()))
                    .forEach(waiting::add);
        }
        return seen;
    }

    /** A storage pool does not know files that were added since it was last refreshed. */
    private Optional<Layer> inHeader(String path) {
        return path.startsWith("/") && !below.containsKey(path)
                ? root.flatMap(found -> Qcow2.backingFile(found, path)).map(backing -> new Layer(backing, ""))
                : Optional.empty();
    }

    private static String format(Optional<Element> element, String part) {
        return part.equals("type")
                ? element.flatMap(driver -> driver.attribute("type")).orElse(RAW)
                : element.flatMap(store -> store.child(part))
                        .flatMap(format -> format.attribute("type"))
                        .orElse(RAW);
    }

    private String key(Element source) {
        var volume = source.attribute("pool")
                .flatMap(pool -> source.attribute("volume").map(name -> pool + "/" + name));
        return source.attribute("file")
                .or(() -> source.attribute("dev"))
                .or(() -> volume.map(name -> paths.getOrDefault(name, "volume:" + name)))
                .or(() -> source.attribute("protocol")
                        .map(protocol ->
                                protocol + ":" + source.attribute("name").orElse("")))
                .orElse("");
    }

    private static Element bare(Element source) {
        return source.withoutAttribute("index").withoutAttribute("startupPolicy");
    }
}
