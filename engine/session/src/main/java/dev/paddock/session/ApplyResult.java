package dev.paddock.session;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.core.apply.StepOutcome;
import dev.paddock.core.plan.Operation;
import dev.paddock.session.HostResult.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of applying plans.
 *
 * @param hosts in the order in which they were changed
 */
public record ApplyResult(List<HostResult> hosts) {
    public ApplyResult {
        hosts = List.copyOf(hosts);
    }

    /** Return whether all hosts are now as declared. */
    public boolean isComplete() {
        return problems().isEmpty() && unreached().isEmpty();
    }

    /** Return the outcome of each step that does something, host by host. */
    public List<StepOutcome> outcomes() {
        return hosts.stream().flatMap(host -> host.outcomes().stream()).toList();
    }

    /** Return what failed, was skipped, was accepted by libvirt and not kept, or was not begun. */
    public List<Diagnostic> problems() {
        List<Diagnostic> problems = new ArrayList<>();
        hosts.forEach(host -> problems.addAll(host.problems()));
        var left = names(Status.NOT_BEGUN);
        if (!left.isEmpty()) {
            problems.add(Diagnostic.error(
                    Code.HOSTS_NOT_BEGUN,
                    "Too many hosts failed, so nothing was done on: " + String.join(", ", left) + ".",
                    "Fix the failures, and apply again: what is done is not done twice."));
        }
        return problems;
    }

    /** Return the names of hosts that did not respond when they were planned for. */
    public List<String> unreached() {
        return names(Status.UNREACHABLE);
    }

    private List<String> names(Status status) {
        return hosts.stream()
                .filter(host -> host.status() == status)
                .map(host -> host.plan().host().name())
                .toList();
    }

    /** Return the number of completed steps with one of these operations. */
    public long done(Operation... operations) {
        return hosts.stream().mapToLong(host -> host.done(operations)).sum();
    }

    public long failed() {
        return hosts.stream().mapToLong(HostResult::failed).sum();
    }

    /** Return the number of steps that were not started, because of another one or the end of the run. */
    public long skipped() {
        return hosts.stream().mapToLong(HostResult::skipped).sum();
    }
}
