package dev.paddock.storage.volume;

import dev.paddock.api.kind.YamlBuilder;
import dev.paddock.api.xml.Element;
import dev.paddock.storage.ElementReader;
import dev.paddock.storage.StoragePoolDescription;
import java.util.Map;
import java.util.Optional;

/** Describes the compared parts of a volume as fields of a playbook. */
final class VolumeDescription {
    private VolumeDescription() {}

    static Map<String, Object> of(Element document) {
        var volume = NormalizedVolume.of(document);
        var target = volume.child("target").orElse(Element.of("target"));
        return new YamlBuilder()
                .value("capacity", ElementReader.text(volume, "capacity").map(StoragePoolDescription::size))
                .value("format", ElementReader.attribute(target, "format", "type"))
                .value("backing", volume.child("backingStore").map(VolumeDescription::backing))
                .value("compat", ElementReader.text(target, "compat"))
                .value("clusterSize", ElementReader.text(target, "clusterSize").map(StoragePoolDescription::size))
                .value("features", target.child("features").map(features -> features.children().stream()
                        .map(feature -> feature.name().local())
                        .toList()))
                .entries();
    }

    private static Object backing(Element backing) {
        var yaml = new YamlBuilder()
                .value("path", ElementReader.text(backing, "path"))
                .value(
                        "format",
                        Optional.of(ElementReader.attribute(backing, "format", "type")
                                        .orElse("raw"))
                                .filter(format -> !format.equals("raw")));
        return yaml.shortBy("path");
    }
}
