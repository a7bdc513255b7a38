package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LedgerKind;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.Planner;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.nwfilter.NwfilterKind;
import dev.paddock.testkit.memory.MemoryHost;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What kinds offer beyond the least is planned where a kind offers it, and nowhere else. */
class KindAbilitiesTest {
    private static final List<Kind> KINDS = ServiceLoader.load(Kind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    private static final String POOL =
            "storage: [{name: images, type: dir, target: /srv, state: inactive, protect: true}]";
    private static final String VMS = "vms: [{name: a, memory: 256MiB}, {name: b, memory: 256MiB}]";

    private final MemoryHost host = new MemoryHost();

    @Test
    void oneKindCarriesTheLedger() {
        assertThat(KINDS.stream().filter(LedgerKind.class::isInstance))
                .singleElement()
                .isInstanceOf(NwfilterKind.class);
        assertThat(plan(KINDS, POOL).work())
                .extracting(step -> step.id().toString())
                .contains("nwfilter/paddock-ledger");
    }

    @Test
    void withoutAKindThatCarriesTheLedger_nothingIsRecorded() {
        var kinds = KINDS.stream().filter(kind -> !(kind instanceof LedgerKind)).toList();

        assertThat(new Planner(kinds).ledger()).isEmpty();
        assertThat(plan(kinds, POOL).work())
                .extracting(step -> step.id().toString())
                .containsExactly("storage/images");
    }

    @Test
    void emulationIsWarnedOfOnce_inTheWordsOfTheKind() {
        var warnings = plan(KINDS, VMS).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code() == Code.KVM_UNAVAILABLE)
                .toList();

        assertThat(KINDS).anyMatch(AcceleratedKind.class::isInstance);
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.detail())
                    .isEqualTo("KVM does not work on host local, so guests of type auto run under emulation there,"
                            + " many times slower.");
            assertThat(warning.place()).isPresent();
        });
    }

    @Test
    void whatIsEmulatedOnPurpose_isNoWarning() {
        var emulated = VMS.replace("256MiB}", "256MiB, type: qemu}");

        assertThat(plan(KINDS, emulated).diagnostics())
                .noneMatch(diagnostic -> diagnostic.code() == Code.KVM_UNAVAILABLE);
    }

    private HostPlan plan(List<Kind> kinds, String yaml) {
        var bound = new Binder(kinds).bindText(yaml);
        assertThat(bound.diagnostics()).isEmpty();
        try (var reader = host.reader("memory:///")) {
            return new Planner(kinds)
                    .plan(new InventoryHost("local", "memory:///"), bound.resources(), PlanOptions.PLAIN, reader);
        }
    }
}
