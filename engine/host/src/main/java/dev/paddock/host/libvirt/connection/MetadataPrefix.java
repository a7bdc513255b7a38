package dev.paddock.host.libvirt.connection;

import dev.paddock.api.step.Action;

/** The prefix that libvirt binds to the namespace of metadata. It must not be bound by the element itself. */
public final class MetadataPrefix {
    private MetadataPrefix() {}

    public static String of(Action.SetMetadata metadata) {
        var isBound =
                metadata.text().filter(text -> text.contains("xmlns:paddock=")).isPresent();
        return isBound ? "own" : "paddock";
    }
}
