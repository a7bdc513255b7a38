package dev.paddock.api.pool;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of a pool's VM: its slot, and which VM of the slot it is.
 *
 * @param incarnation distinguishes successive VMs of a slot
 * @param digest of the pattern that it was made from
 */
public record SlotMark(PoolSlot slot, String incarnation, String digest) {
    private static final String SLOT = "slot";

    public static Optional<SlotMark> of(Element domain) {
        return Metadata.of(domain, PoolSpec.SPACE, SLOT).flatMap(SlotMark::read);
    }

    private static Optional<SlotMark> read(Element element) {
        return element.attribute("number")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(number -> new SlotMark(
                        new PoolSlot(word(element, "pool"), word(element, "uuid"), Integer.parseInt(number)),
                        word(element, "incarnation"),
                        word(element, "digest")));
    }

    private static String word(Element element, String name) {
        return element.attribute(name).orElse("");
    }

    public Element element() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("pool", slot.pool());
        words.put("uuid", slot.uuid());
        words.put("number", Integer.toString(slot.number()));
        words.put("incarnation", incarnation);
        words.put("digest", digest);
        return PoolElement.of(SLOT, words);
    }
}
