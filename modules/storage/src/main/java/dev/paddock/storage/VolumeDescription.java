package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;

/** A volume in the words of a playbook: what compares of it. */
final class VolumeDescription {
    private VolumeDescription() {}

    static Map<String, Object> of(Element document) {
        var volume = VolumeForm.of(document);
        var target = volume.child("target").orElse(Element.of("target"));
        return new Yaml()
                .value("capacity", Parts.text(volume, "capacity").map(PoolDescription::size))
                .value("format", Parts.attribute(target, "format", "type"))
                .value("backing", volume.child("backingStore").map(VolumeDescription::backing))
                .value("compat", Parts.text(target, "compat"))
                .value("clusterSize", Parts.text(target, "clusterSize").map(PoolDescription::size))
                .value("features", target.child("features").map(features -> features.children().stream()
                        .map(feature -> feature.name().local())
                        .toList()))
                .entries();
    }

    private static Object backing(Element backing) {
        var yaml = new Yaml()
                .value("path", Parts.text(backing, "path"))
                .value(
                        "format",
                        Optional.of(Parts.attribute(backing, "format", "type").orElse("raw"))
                                .filter(format -> !format.equals("raw")));
        return yaml.shortBy("path");
    }
}
