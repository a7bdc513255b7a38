package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
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

/** What is declared with the UUID that it has, as import writes it, is as declared, and nothing is recorded of it. */
class DeclaredUuidTest {
    private static final String UUID = "7c3f0b9e-0000-5000-8000-000000000021";
    private static final List<Kind> KINDS = ServiceLoader.load(Kind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private final MemoryHost host = new MemoryHost();

    @Test
    void filterOfOthersIsAsDeclared() {
        define(new ResourceId("nwfilter", "theirs"), "<filter name='theirs'><uuid>" + UUID + "</uuid></filter>");
        assertThat(plan("nwfilters: [{name: theirs, uuid: " + UUID + "}]").isEmpty())
                .isTrue();
    }

    @Test
    void poolOfOthersIsAsDeclared() {
        define(
                new ResourceId("storage", "theirs"),
                "<pool type='dir'><name>theirs</name><uuid>" + UUID
                        + "</uuid><target><path>/srv</path></target></pool>");
        var declared = "storage: [{name: theirs, uuid: " + UUID + ", type: dir, target: /srv, state: inactive}]";
        assertThat(plan(declared).isEmpty()).isTrue();
    }

    @Test
    void poolOfOthersThatIsToBeProtectedIsRecorded() {
        define(
                new ResourceId("storage", "theirs"),
                "<pool type='dir'><name>theirs</name><uuid>" + UUID
                        + "</uuid><target><path>/srv</path></target></pool>");
        var declared = "storage: [{name: theirs, uuid: " + UUID
                + ", type: dir, target: /srv, state: inactive, protect: true}]";
        assertThat(plan(declared).work())
                .anySatisfy(step -> assertThat(step.id()).isEqualTo(NwfilterKind.LEDGER));
    }

    private void define(ResourceId id, String xml) {
        try (var writer = host.writer("memory:///")) {
            writer.perform(new Action.Define(id, xml));
        }
    }

    private HostPlan plan(String yaml) {
        var bound = new Binder(KINDS).bindText(yaml);
        assertThat(bound.diagnostics()).isEmpty();
        try (var reader = host.reader("memory:///")) {
            return new Planner(KINDS)
                    .plan(new InventoryHost("local", "memory:///"), bound.resources(), PlanOptions.PLAIN, reader);
        }
    }
}
