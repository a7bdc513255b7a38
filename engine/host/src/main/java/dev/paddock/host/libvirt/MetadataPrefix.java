package dev.paddock.host.libvirt;

import dev.paddock.api.step.Action;

/** The prefix that libvirt binds to the namespace of metadata; it refuses one that the element itself has bound. */
final class MetadataPrefix {
    private MetadataPrefix() {}

    static String of(Action.SetMetadata metadata) {
        var isBound =
                metadata.text().filter(text -> text.contains("xmlns:paddock=")).isPresent();
        return isBound ? "own" : "paddock";
    }
}
