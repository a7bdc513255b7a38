package dev.paddock.storage.volume;

import dev.paddock.api.change.Cost;
import dev.paddock.api.rule.Rule;
import dev.paddock.api.rule.Rules;
import java.util.List;
import java.util.Map;

/** How volumes compare. libvirt and QEMU chose all undeclared values when they created the volume. */
final class VolumeRules {
    static final String SHRINKS = "It becomes smaller, and what is beyond the new end is lost.";
    private static final String ANEW = "libvirt cannot change it of a volume: it is deleted, and recreated empty.";

    static final Rules RULES = new Rules(
            List.of(
                    Rule.of("capacity").chosen().costs(Cost.LOSS, SHRINKS),
                    Rule.of("target").chosen().costs(Cost.LOSS, ANEW),
                    Rule.of("target/*").chosen().costs(Cost.LOSS, ANEW),
                    Rule.of("target/*/@*").chosen().costs(Cost.LOSS, ANEW),
                    Rule.of("target/*/*").chosen().costs(Cost.LOSS, ANEW)),
            List.of(),
            List.of(),
            Rule.of("**/*").costs(Cost.LOSS, ANEW),
            Map.of());

    private VolumeRules() {}
}
