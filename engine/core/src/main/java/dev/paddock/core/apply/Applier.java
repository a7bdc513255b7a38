package dev.paddock.core.apply;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.ProgressListener;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.PlanStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Applies a plan: each step after those it needs, several at a time.
 *
 * <p>A failed step is undone, steps that need it are skipped, all others continue. A lost host ends the run.
 */
public final class Applier {
    /** Most threads wait: for a slot to work in, or for a VM. */
    private static final int MAX_THREADS = 64;

    private final HostWriter writer;
    private final int workers;

    public Applier(HostWriter writer, int workers) {
        this.writer = writer;
        this.workers = workers;
    }

    /**
     * Return the outcome of each step that does something, in the order of the plan.
     *
     * @param cancelled called before each step; once it is true, no step is started, and running ones are waited for
     */
    public List<StepOutcome> apply(HostPlan plan, ApplyListener listener, BooleanSupplier cancelled) {
        if (plan.hasErrors()) {
            throw new IllegalArgumentException("A plan with errors was to be applied. This is a bug in this tool.");
        }
        var work = plan.toCarryOut();
        var threads = Executors.newFixedThreadPool(
                Math.clamp(work.size(), 1, MAX_THREADS),
                task -> Thread.ofPlatform().name("apply").daemon().unstarted(task));
        try {
            return new Run(work, listener, cancelled, threads).run();
        } finally {
            threads.shutdown();
        }
    }

    private final class Run {
        private final List<PlanStep> work;
        private final ApplyListener listener;
        private final BooleanSupplier cancelled;
        private final CompletionService<StepOutcome> threads;
        private final Map<ResourceId, StepOutcome> outcomes = new LinkedHashMap<>();
        private final List<PlanStep> waiting;
        private final Semaphore slots = new Semaphore(workers, true);
        private final Set<ResourceId> workIds;
        private int running;
        private volatile boolean lost;
        private Optional<Throwable> bug = Optional.empty();

        Run(List<PlanStep> work, ApplyListener listener, BooleanSupplier cancelled, ExecutorService threads) {
            this.work = work;
            this.listener = listener;
            this.cancelled = cancelled;
            this.threads = new ExecutorCompletionService<>(threads);
            this.waiting = new ArrayList<>(work);
            this.workIds = work.stream().map(PlanStep::id).collect(Collectors.toSet());
        }

        List<StepOutcome> run() {
            while (true) {
                startReadySteps();
                if (running == 0) {
                    rethrow();
                    return work.stream()
                            .flatMap(step -> Optional.ofNullable(outcomes.get(step.id())).stream())
                            .toList();
                }
                awaitStep();
            }
        }

        private void awaitStep() {
            try {
                var outcome = threads.take();
                running--;
                record(outcome.get());
            } catch (ExecutionException failure) {
                // Running steps are waited for, so that none ends in the middle of an action.
                lost = true;
                bug = Optional.ofNullable(failure.getCause());
            } catch (InterruptedException interrupted) {
                lost = true;
                Thread.currentThread().interrupt();
                running = 0;
            }
        }

        private void rethrow() {
            if (bug.isEmpty()) {
                return;
            }
            switch (bug.get()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException("A step threw. This is a bug in this tool.", bug.get());
            }
        }

        private void startReadySteps() {
            var progress = true;
            while (progress) {
                progress = false;
                for (var step : List.copyOf(waiting)) {
                    progress |= tryToStart(step);
                }
            }
        }

        /** Start a step if it is ready; return whether it has an outcome without being started. */
        private boolean tryToStart(PlanStep step) {
            if (isEnded()) {
                waiting.remove(step);
                record(new StepOutcome.Unstarted(step));
                return true;
            }
            for (var needed : step.after()) {
                var outcome = outcomes.get(needed);
                if (outcome == null && workIds.contains(needed)) {
                    return false;
                }
                if (outcome != null && !(outcome instanceof StepOutcome.Done)) {
                    waiting.remove(step);
                    record(new StepOutcome.Skipped(step, needed));
                    return true;
                }
            }
            waiting.remove(step);
            running++;
            threads.submit(() -> carryOutInSlot(step));
            return false;
        }

        private boolean isEnded() {
            return lost || cancelled.getAsBoolean();
        }

        private void record(StepOutcome outcome) {
            outcomes.put(outcome.step().id(), outcome);
            synchronized (listener) {
                listener.ended(outcome);
            }
        }

        private StepOutcome carryOutInSlot(PlanStep step) {
            slots.acquireUninterruptibly();
            try {
                return carryOut(step);
            } finally {
                slots.release();
            }
        }

        private StepOutcome carryOut(PlanStep step) {
            // The host may have been lost while the step waited for a thread.
            if (isEnded()) {
                return new StepOutcome.Unstarted(step);
            }
            synchronized (listener) {
                listener.started(step);
            }
            var done = 0;
            try {
                for (var action : step.actions()) {
                    perform(step, action);
                    done++;
                }
                return new StepOutcome.Done(step);
            } catch (HostException failure) {
                var isLost = failure.failure() == Failure.LOST || failure.failure() == Failure.UNREACHABLE;
                if (isLost) {
                    lost = true;
                }
                var undone = isLost ? "" : undo(step, done, failure);
                return new StepOutcome.Failed(
                        step, diagnostic(step, step.actions().get(done), failure, undone));
            }
        }

        /** Waiting for a VM is no work for the host, so another step may use the slot meanwhile. */
        private void perform(PlanStep step, Action action) {
            if (!(action instanceof Action.AwaitReady)) {
                writer.perform(action, progress(step));
                return;
            }
            slots.release();
            try {
                writer.perform(action, progress(step));
            } finally {
                slots.acquireUninterruptibly();
            }
        }

        private ProgressListener progress(PlanStep step) {
            return new ProgressListener() {
                @Override
                public void at(String what, long done, long of) {
                    synchronized (listener) {
                        listener.progress(step, what, done, of);
                    }
                }

                @Override
                public void told(String sentence) {
                    synchronized (listener) {
                        listener.message(step, sentence);
                    }
                }

                @Override
                public boolean hasLeft() {
                    return isEnded();
                }
            };
        }

        private String undo(PlanStep step, int done, HostException failure) {
            var failed = step.actions().get(done);
            if (failed instanceof Action.AwaitReady) {
                // The VM runs as declared, and is kept so that the user can see why it is not ready.
                return "";
            }
            if (done == 0) {
                // An exception with advice says itself what was changed.
                return failure.advice().isPresent() ? "" : " Nothing of it was changed.";
            }
            if (step.undo().isEmpty() || failed instanceof Action.Replug) {
                return " What had been done before stays.";
            }
            try {
                for (var action : step.undo()) {
                    writer.perform(action);
                }
                return " What had been done before was taken back.";
            } catch (HostException again) {
                return " Taking back what had been done before failed as well: " + sentence(again.reason());
            }
        }
    }

    /** Return the text with a period at its end; libvirt's messages may have none. */
    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("\n") ? text.stripTrailing() : text + ".";
    }

    private static Diagnostic diagnostic(PlanStep step, Action action, HostException failure, String undone) {
        var isLost = failure.failure() == Failure.LOST || failure.failure() == Failure.UNREACHABLE;
        var code = isLost ? Code.HOST_LOST : failure.told().orElse(Code.HOST_REFUSED);
        var detail = verb(action) + " " + action.target() + " failed: "
                + (failure.code() == 0
                        ? sentence(failure.reason())
                        : failure.reason() + " (libvirt error " + failure.code() + ").")
                + undone;
        var fix = isLost
                ? "See whether libvirtd runs, and apply again: what is done is not done twice."
                : failure.wayOut().orElse("Correct the declaration or the host, and apply again.");
        return step.place()
                .map(location -> Diagnostic.error(code, location, detail, fix))
                .orElseGet(() -> Diagnostic.error(code, detail, fix));
    }

    private static String verb(Action action) {
        return switch (action) {
            case Action.Define define -> "Defining";
            case Action.Undefine undefine -> "Undefining";
            case Action.Start start -> "Starting";
            case Action.Build build -> "Building";
            case Action.Resize resize -> "Resizing";
            case Action.Provide provide -> "Providing";
            case Action.Stop stop -> "Stopping";
            case Action.SetAutostart autostart -> "Setting autostart of";
            case Action.UpdateNetwork update -> "Updating";
            case Action.Replug replug -> "Plugging the guests back into";
            case Action.AwaitReady ready -> "Waiting for";
            case Action.SetMetadata metadata -> "Setting the metadata of";
            case Action.Guest guest -> verb(guest);
        };
    }

    private static String verb(Action.Guest action) {
        return switch (action) {
            case Action.Shutdown shutdown -> "Shutting down";
            case Action.StartPaused start -> "Starting";
            case Action.Rename rename -> "Renaming";
            case Action.Suspend suspend -> "Pausing";
            case Action.Resume resume -> "Resuming";
            case Action.AttachDevice attach -> "Plugging a device into";
            case Action.UpdateDevice update -> "Changing a device of";
            case Action.DetachDevice detach -> "Taking a device from";
            case Action.SetMemory memory -> "Setting the memory of";
            case Action.SetVcpus vcpus -> "Setting the processors of";
            case Action.SetIoTune tune -> "Limiting a disk of";
            case Action.SetMemoryStatistics statistics -> "Setting the memory statistics of";
        };
    }
}
