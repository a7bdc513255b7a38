package dev.paddock.vm.pool;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.Contribution;
import dev.paddock.api.pool.AddressRange;
import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.pool.PoolSpec;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.value.Value;
import dev.paddock.vm.playbook.PlaybookValues;
import dev.paddock.vm.playbook.Reservations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The addresses of a pool's VMs.
 *
 * @param spec the fields of the pool, without the addresses of single VMs
 * @param contributions the DHCP entries for the first network
 */
record PoolAddresses(Value.Mapping spec, List<Contribution> contributions, List<Diagnostic> mistakes) {
    static PoolAddresses of(Value.Mapping pool, String uuid, PoolSpec promise) {
        var networks = PlaybookValues.mappings(pool, "networks");
        List<Value> plain = new ArrayList<>();
        List<Contribution> contributions = new ArrayList<>();
        List<Diagnostic> mistakes = new ArrayList<>();
        for (var network : networks) {
            var range = plain.isEmpty() ? promise.addresses() : Optional.<AddressRange>empty();
            mistakes(network, plain.isEmpty(), range.isPresent()).forEach(mistakes::add);
            var without = network.without("address");
            plain.add(range.flatMap(addresses -> addresses.of(1))
                    .map(first -> Reservations.filtered(without, first))
                    .orElse(without));
            range.ifPresent(addresses -> slots(pool, uuid, promise)
                    .flatMap(slot -> kept(slot, addresses, network))
                    .forEach(contributions::add));
        }
        if (networks.isEmpty() && promise.addresses().isPresent()) {
            mistakes.add(mistake(
                    pool,
                    "addresses",
                    "The pool has addresses for its guests, and no network to have them in.",
                    "Add 'networks', or leave 'addresses' out."));
        }
        var spec = networks.isEmpty() ? pool : pool.with("networks", PlaybookValues.list(pool.place(), plain));
        return new PoolAddresses(spec, contributions, mistakes);
    }

    private static Stream<PoolSlot> slots(Value.Mapping pool, String uuid, PoolSpec promise) {
        return IntStream.rangeClosed(1, promise.max())
                .mapToObj(number -> new PoolSlot(pool.text("name").orElse(""), uuid, number));
    }

    private static Stream<Contribution> kept(PoolSlot slot, AddressRange addresses, Value.Mapping network) {
        return network.text("name").stream().flatMap(name -> addresses.of(slot.number()).stream()
                .map(address -> new Contribution(
                        new ResourceId("network", name),
                        Reservations.host(slot.mac(0), slot.name(), address),
                        network.place())));
    }

    private static Stream<Diagnostic> mistakes(Value.Mapping network, boolean isFirst, boolean hasAddresses) {
        List<Diagnostic> mistakes = new ArrayList<>();
        if (network.text("mac").isPresent()) {
            mistakes.add(mistake(
                    network,
                    "mac",
                    "Each guest of a pool has a MAC address of its own, which follows from the pool and its number.",
                    "Leave 'mac' out."));
        }
        if (network.text("address").isPresent() && !hasAddresses) {
            mistakes.add(
                    isFirst
                            ? mistake(
                                    network,
                                    "address",
                                    "An address is for one guest, and this one would be for all guests of the pool.",
                                    "Give the pool 'addresses', a range, which goes before the address of a template.")
                            : mistake(
                                    network,
                                    "address",
                                    "The guests of a pool have addresses of their own in their first network alone.",
                                    "Leave 'address' out."));
        }
        return mistakes.stream();
    }

    private static Diagnostic mistake(Value.Mapping in, String key, String detail, String fix) {
        return Diagnostic.error(
                Code.CONFLICTING_KEYS, in.get(key).map(Value::place).orElse(in.place()), detail, fix);
    }
}
