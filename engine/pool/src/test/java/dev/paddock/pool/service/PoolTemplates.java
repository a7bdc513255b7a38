package dev.paddock.pool.service;

import dev.paddock.api.pool.OnEmpty;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.pool.ResetMethod;
import dev.paddock.api.xml.Element;
import dev.paddock.pool.slot.PoolTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Pool templates for tests. */
public final class PoolTemplates {
    private PoolTemplates() {}

    public static PoolSpec spec(int warm, int max, OnEmpty onEmpty) {
        return spec(warm, max, onEmpty, OptionalLong.empty());
    }

    static PoolSpec spec(int warm, int max, OnEmpty onEmpty, OptionalLong workspace) {
        return new PoolSpec(
                warm,
                max,
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                ResetMethod.RESTORE,
                onEmpty,
                Duration.ofSeconds(20),
                Optional.empty(),
                OptionalInt.empty(),
                2,
                Optional.empty(),
                workspace,
                List.of());
    }

    public static PoolTemplate template(String name, PoolSpec spec) {
        return template(name, spec, "512");
    }

    static PoolTemplate template(String name, PoolSpec spec, String memory) {
        var domain = Element.of("domain")
                .withChildren(List.of(
                        Element.of("name").withText(name),
                        Element.of("uuid").withText("5a0f6d0e-1111-5222-8333-944445555666"),
                        Element.of("metadata").withChildren(List.of(spec.element())),
                        Element.of("memory").withText(memory)));
        return PoolTemplate.of(domain).orElseThrow();
    }
}
