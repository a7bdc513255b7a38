package dev.paddock.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.core.apply.ApplyListener;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.bind.BindRequest;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Operation;
import dev.paddock.core.plan.PlanOptions;
import dev.paddock.core.plan.PlanStep;
import dev.paddock.session.ApplyResult;
import dev.paddock.session.ApplyRun;
import dev.paddock.session.Kinds;
import dev.paddock.session.PlanSession;
import dev.paddock.session.PlaybookException;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Java program plans and applies with the same calls as the command line. */
@Timeout(60)
class SessionTest {
    private static final String NETWORKS = """
            - networks:
                - {name: agents, address: 192.168.101.1/24}
                - {name: build, address: 192.168.102.1/24}
            """;

    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeaked() {
        assertThat(host.violations()).isEmpty();
    }

    @Test
    void aPlanIsAValue_andWritesNothing() throws Exception {
        var plans = session(NETWORKS).plans();

        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.hasErrors()).isFalse();
            assertThat(plan.work()).extracting(PlanStep::operation).containsOnly(Operation.CREATE);
            assertThat(plan.work()).extracting(PlanStep::id).contains(network("agents"), network("build"));
        });
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void anApplyReportsEachStep_andLeavesNothingToDo() throws Exception {
        var started = new ArrayList<ResourceId>();
        var session = session(NETWORKS);

        var result = new ApplyRun(session, plan -> listener(started), () -> false).apply(session.plans());

        assertThat(result.isComplete()).isTrue();
        assertThat(result.done(Operation.CREATE)).isEqualTo(2);
        assertThat(started).containsExactlyInAnyOrder(network("agents"), network("build"));
        assertThat(host.objects("network")).containsOnlyKeys("agents", "build");
        assertThat(session(NETWORKS).plans()).allMatch(HostPlan::isEmpty);
    }

    @Test
    void aCancelledApplyStartsNothing_andSaysWhatIsLeft() throws Exception {
        var session = session(NETWORKS);

        var result = new ApplyRun(session, plan -> listener(new ArrayList<>()), () -> true).apply(session.plans());

        assertThat(result.isComplete()).isFalse();
        assertThat(result.skipped()).isEqualTo(2);
        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.code()).isEqualTo(Code.INTERRUPTED));
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void whatIsDeclaredIsDestroyed() throws Exception {
        apply(session(NETWORKS));

        var result = apply(session(NETWORKS, new PlanOptions(false, false, true, Set.of()), host));

        assertThat(result.done(Operation.DELETE)).isEqualTo(2);
        assertThat(host.objects("network")).isEmpty();
    }

    @Test
    void errorsInPlaybooksAreThrownTogether() {
        var errors = catchThrowableOfType(
                PlaybookException.class,
                () -> session(
                        NETWORKS.replace("agents, address", "agents, adress").replace(".102.1", ".102.300")));

        assertThat(errors.diagnostics()).hasSize(2).allSatisfy(error -> assertThat(error.place())
                .isPresent());
    }

    @Test
    void aHostThatDoesNotRespondIsADiagnosticOfItsPlan() throws Exception {
        var session = session(NETWORKS, PlanOptions.PLAIN, new Unreachable());
        var plans = session.plans();

        assertThat(plans).allMatch(ApplyRun::isUnreached);
        assertThat(new ApplyRun(session, plan -> listener(new ArrayList<>()), () -> false)
                        .apply(plans)
                        .unreached())
                .containsExactly("local");
    }

    private PlanSession session(String yaml) throws IOException, PlaybookException {
        return session(yaml, PlanOptions.PLAIN, host);
    }

    private PlanSession session(String yaml, PlanOptions options, HostConnector hosts)
            throws IOException, PlaybookException {
        var file = Files.writeString(folder.resolve("playbook.yaml"), yaml);
        return PlanSession.open(Kinds.all(), hosts, BindRequest.of(file), options);
    }

    private static ApplyResult apply(PlanSession session) {
        return new ApplyRun(session, plan -> listener(new ArrayList<>()), () -> false).apply(session.plans());
    }

    private static ResourceId network(String name) {
        return new ResourceId("network", name);
    }

    private static ApplyListener listener(List<ResourceId> started) {
        return new ApplyListener() {
            @Override
            public void started(PlanStep step) {
                started.add(step.id());
            }

            @Override
            public void ended(StepOutcome outcome) {
                assertThat(outcome.step()).isNotNull();
            }
        };
    }

    private record Unreachable() implements HostConnector {
        @Override
        public HostReader reader(String uri) {
            throw new HostException(HostException.Failure.UNREACHABLE, 0, 0, "Nobody is there.");
        }

        @Override
        public HostWriter writer(String uri) {
            throw new AssertionError("A host that was not read is not written.");
        }
    }
}
