package dev.paddock.api.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PoolSpecTest {
    private static final PoolSpec ALL = new PoolSpec(
            2,
            8,
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            ResetMethod.REVERT,
            OnEmpty.COLD,
            Duration.ofSeconds(20),
            Optional.of(Duration.ofHours(12)),
            OptionalInt.of(3),
            1,
            AddressRange.of("192.168.101.64-192.168.101.71"),
            OptionalLong.of(1L << 30),
            List.of(
                    new SlotDisk("vda", OptionalLong.empty(), Optional.of(new SlotDisk.Backing("/a.raw", "raw"))),
                    new SlotDisk("vdb", OptionalLong.of(1 << 20), Optional.empty())));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(PoolSpec.of(domainWith(ALL.element()))).contains(ALL);
    }

    @Test
    void otherDomainsAreNoPatterns() {
        assertThat(PoolSpec.of(Element.of("domain"))).isEmpty();
        assertThat(PoolSpec.of(domainWith(ALL.element().withAttribute("warm", "many"))))
                .isEmpty();
    }

    @Test
    void everySlotHasAnAddressOfItsOwn() {
        var range = AddressRange.of("10.0.0.254-10.0.1.1").orElseThrow();

        assertThat(range.size()).isEqualTo(4);
        assertThat(range.of(1)).contains("10.0.0.254");
        assertThat(range.of(3)).contains("10.0.1.0");
        assertThat(range.of(5)).isEmpty();
        assertThat(range).hasToString("10.0.0.254-10.0.1.1");
        assertThat(AddressRange.of("10.0.0.9-10.0.0.1")).isEmpty();
        assertThat(AddressRange.of("10.0.0.1-10.0.0.256")).isEmpty();
    }

    @Test
    void aSlotIsKnownByItsPoolAndNumber() {
        var slot = new PoolSlot("agents", "9d3a4a4b-8c0e-5c7b-a1fb-1df8a1d8c3a1", 3);

        assertThat(slot.name()).isEqualTo("agents-3");
        assertThat(slot.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(slot.id()).isNotEqualTo(new PoolSlot(slot.pool(), slot.uuid(), 4).id());
        assertThat(slot.mac(0)).startsWith("52:54:00:").isNotEqualTo(slot.mac(1));
        var mark = new SlotMark(slot, "a1", "d1");
        assertThat(SlotMark.of(domainWith(mark.element()))).contains(mark);
    }

    private static Element domainWith(Element element) {
        return Element.of("domain").withChildren(List.of(Element.of("metadata").withChildren(List.of(element))));
    }
}
