package dev.paddock.vm.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.kind.DerivedResource;
import dev.paddock.api.kind.Expansion;
import dev.paddock.api.kind.ExpansionContext;
import dev.paddock.api.value.Value;
import dev.paddock.vm.playbook.BootImage;
import dev.paddock.vm.playbook.DomainExpansion;
import dev.paddock.vm.playbook.PlaybookValues;

/** Expands the shorthand of a pool: that of a VM, but each VM of the pool gets its own disks and address. */
final class PoolExpansion extends DomainExpansion {
    private PoolExpansion() {}

    static Expansion of(Value.Mapping spec, ExpansionContext surroundings) {
        return new PoolExpansion().expand(spec, surroundings);
    }

    private Expansion expand(Value.Mapping said, ExpansionContext surroundings) {
        var image = BootImage.of(said, surroundings.declared());
        var spec = imaged(said, image);
        var disks = PoolDisks.of(spec, image.flatMap(BootImage::disk), surroundings.declared());
        mistakes.addAll(disks.mistakes());
        spec = seeded(disks.spec(), image);
        if (!derived.isEmpty() || !disks.disks().isEmpty()) {
            derived.addFirst(DerivedResource.imagePool(said.place()));
        }
        var promise = PoolSyntax.spec(said, disks.disks());
        mistakes.addAll(VmPoolChecks.of(promise, key -> place(said, key)));
        checkOnEmpty(said);
        var addresses = PoolAddresses.of(spec, surroundings.uuid(), promise);
        mistakes.addAll(addresses.mistakes());
        contributions.addAll(addresses.contributions());
        spec = addresses.spec().with("pool", PoolSyntax.model(promise, said.place()));
        if (promise.addresses().isPresent()) {
            // The reservations on the network depend on the UUID, so it must not change.
            spec = PlaybookValues.with(spec, "uuid", surroundings.uuid());
        }
        for (var key : VmPoolSchema.promised()) {
            spec = spec.without(key);
        }
        return expansion(spec);
    }

    private static SourceLocation place(Value.Mapping said, String key) {
        return said.get(key).map(Value::place).orElse(said.place());
    }

    private void checkOnEmpty(Value.Mapping said) {
        PlaybookValues.mapping(said, "on_empty")
                .filter(words -> words.entries().size() > 1)
                .ifPresent(words -> mistakes.add(Diagnostic.error(
                        Code.CONFLICTING_KEYS,
                        words.place(),
                        "A request that finds no guest either waits for the next one, or for one that is booted for it,"
                                + " or is refused.",
                        "Say one of wait, cold and fail.")));
    }
}
