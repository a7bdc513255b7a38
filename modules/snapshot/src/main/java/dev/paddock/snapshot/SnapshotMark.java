package dev.paddock.snapshot;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * The last line of the description of a snapshot that was declared: all that libvirt keeps of a snapshot besides its
 * name. It tells what was declared from what somebody took by hand, and comes back with no restore, as the metadata of
 * the guest would.
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

    /** Return what somebody wrote of a snapshot. */
    static Optional<String> words(Element snapshot) {
        return snapshot.childText(DESCRIPTION)
                .map(text -> text.endsWith(LINE)
                        ? text.substring(0, text.length() - LINE.length()).strip()
                        : text)
                .filter(text -> !text.isEmpty());
    }
}
