package dev.paddock.vm;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Place;
import dev.paddock.api.kind.Derived;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.Surroundings;
import dev.paddock.api.value.Value;

/**
 * What the short words of a pool stand for: those of a guest, but that each guest of the pool gets disks and an address
 * of its own.
 */
final class PoolExpansion extends DomainExpansion {
    private PoolExpansion() {}

    static Expansion of(Value.Mapping spec, Surroundings surroundings) {
        return new PoolExpansion().expand(spec, surroundings);
    }

    private Expansion expand(Value.Mapping said, Surroundings surroundings) {
        var image = StartingImage.of(said, surroundings.declared());
        var spec = imaged(said, image);
        var disks = PoolDisks.of(spec, image.flatMap(StartingImage::disk));
        mistakes.addAll(disks.mistakes());
        spec = seeded(disks.spec());
        if (!derived.isEmpty() || !disks.disks().isEmpty()) {
            derived.addFirst(Derived.imagePool(said.place()));
        }
        var promise = PoolWords.spec(said, disks.disks());
        mistakes.addAll(PoolMistakes.of(promise, key -> place(said, key)));
        checkOnEmpty(said);
        var addresses = PoolAddresses.of(spec, surroundings.uuid(), promise);
        mistakes.addAll(addresses.mistakes());
        contributions.addAll(addresses.contributions());
        spec = addresses.spec().with("pool", PoolWords.model(promise, said.place()));
        if (promise.addresses().isPresent()) {
            // What the network keeps follows from it, so it is not to be another.
            spec = Said.with(spec, "uuid", surroundings.uuid());
        }
        for (var key : PoolSchema.promised()) {
            spec = spec.without(key);
        }
        return expansion(spec);
    }

    private static Place place(Value.Mapping said, String key) {
        return said.get(key).map(Value::place).orElse(said.place());
    }

    private void checkOnEmpty(Value.Mapping said) {
        Said.mapping(said, "on_empty")
                .filter(words -> words.entries().size() > 1)
                .ifPresent(words -> mistakes.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        words.place(),
                        "A request that finds no guest either waits for the next one, or for one that is booted for it,"
                                + " or is refused.",
                        "Say one of wait, cold and fail.")));
    }
}
