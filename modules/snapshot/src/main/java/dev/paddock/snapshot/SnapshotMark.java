package dev.paddock.snapshot;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * The last line of the description of a declared snapshot: besides the name, libvirt stores nothing else of a snapshot.
 * It distinguishes declared snapshots from those that users take by hand, and, unlike the metadata of the VM, no
 * restore brings it back.
 */
final class SnapshotMark {
    private static final String LINE = "(declared in a playbook)";
    private static final String DESCRIPTION = "description";

    private SnapshotMark() {}

    static boolean isOn(Element snapshot) {
        return snapshot.childText(DESCRIPTION)
                .filter(text -> text.endsWith(LINE))
                .isPresent();
    }

    static Element on(Element snapshot) {
        var text = words(snapshot).map(words -> words + "\n\n" + LINE).orElse(LINE);
        return snapshot.withChild(Element.of(DESCRIPTION).withText(text));
    }

    /** Return the description of a snapshot without the mark. */
    static Optional<String> words(Element snapshot) {
        return snapshot.childText(DESCRIPTION)
                .map(text -> text.endsWith(LINE)
                        ? text.substring(0, text.length() - LINE.length()).strip()
                        : text)
                .filter(text -> !text.isEmpty());
    }
}
