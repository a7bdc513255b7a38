package dev.paddock.core.apply;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.Progress;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Step;
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
 * Carries out a plan: every step after those it needs, several at a time.
 *
 * <p>A refused step is taken back; what needs it is skipped; all others go on. A lost host ends the run.
 */
public final class Applier {
    /** Most of them wait: for a place to work at, or for a guest. */
    private static final int MOST_THREADS = 64;

    private final HostWriter writer;
    private final int workers;

    public Applier(HostWriter writer, int workers) {
        this.writer = writer;
        this.workers = workers;
    }

    /**
     * Return what became of each step that does something, in the plan's order.
     *
     * @param cancelled asked before each step; from true on, no step is begun, and those that run are waited for
     */
    public List<Outcome> apply(HostPlan plan, ApplyListener listener, BooleanSupplier cancelled) {
        if (plan.hasErrors()) {
            throw new IllegalArgumentException("A plan with errors was to be applied. This is a bug in this tool.");
        }
        var work = plan.toCarryOut();
        var threads = Executors.newFixedThreadPool(
                Math.clamp(work.size(), 1, MOST_THREADS),
                task -> Thread.ofPlatform().name("apply").daemon().unstarted(task));
        try {
            return new Run(work, listener, cancelled, threads).run();
        } finally {
            threads.shutdown();
        }
    }

    private final class Run {
        private final List<Step> work;
        private final ApplyListener listener;
        private final BooleanSupplier cancelled;
        private final CompletionService<Outcome> threads;
        private final Map<ResourceId, Outcome> outcomes = new LinkedHashMap<>();
        private final List<Step> waiting;
        private final Semaphore places = new Semaphore(workers, true);
        private final Set<ResourceId> isWork;
        private int running;
        private volatile boolean lost;
        private Optional<Throwable> bug = Optional.empty();

        Run(List<Step> work, ApplyListener listener, BooleanSupplier cancelled, ExecutorService threads) {
            this.work = work;
            this.listener = listener;
            this.cancelled = cancelled;
            this.threads = new ExecutorCompletionService<>(threads);
            this.waiting = new ArrayList<>(work);
            this.isWork = work.stream().map(Step::id).collect(Collectors.toSet());
        }

        List<Outcome> run() {
            while (true) {
                startWhatCanStart();
                if (running == 0) {
                    rethrow();
                    return work.stream()
                            .flatMap(step -> Optional.ofNullable(outcomes.get(step.id())).stream())
                            .toList();
                }
                take();
            }
        }

        private void take() {
            try {
                var ended = threads.take();
                running--;
                record(ended.get());
            } catch (ExecutionException failure) {
                // What runs is waited for, so that no step ends in the middle of an action.
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

        private void startWhatCanStart() {
            var progress = true;
            while (progress) {
                progress = false;
                for (var step : List.copyOf(waiting)) {
                    progress |= consider(step);
                }
            }
        }

        /** Return whether something became of the step without its being started. */
        private boolean consider(Step step) {
            if (isOver()) {
                waiting.remove(step);
                record(new Outcome.Unstarted(step));
                return true;
            }
            for (var needed : step.after()) {
                var outcome = outcomes.get(needed);
                if (outcome == null && isWork.contains(needed)) {
                    return false;
                }
                if (outcome != null && !(outcome instanceof Outcome.Done)) {
                    waiting.remove(step);
                    record(new Outcome.Skipped(step, needed));
                    return true;
                }
            }
            waiting.remove(step);
            running++;
            threads.submit(() -> carryOut(step));
            return false;
        }

        private boolean isOver() {
            return lost || cancelled.getAsBoolean();
        }

        private void record(Outcome outcome) {
            outcomes.put(outcome.step().id(), outcome);
            synchronized (listener) {
                listener.ended(outcome);
            }
        }

        private Outcome carryOut(Step step) {
            places.acquireUninterruptibly();
            try {
                return carriedOut(step);
            } finally {
                places.release();
            }
        }

        private Outcome carriedOut(Step step) {
            // It may have waited for a thread while the host was lost.
            if (isOver()) {
                return new Outcome.Unstarted(step);
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
                return new Outcome.Done(step);
            } catch (HostException failure) {
                var isLost = failure.failure() == Failure.LOST || failure.failure() == Failure.UNREACHABLE;
                if (isLost) {
                    lost = true;
                }
                var aftermath = isLost ? "" : takeBack(step, done, failure);
                return new Outcome.Failed(step, why(step, step.actions().get(done), failure, aftermath));
            }
        }

        /** Who waits for a guest makes no work for the host, so others may begin meanwhile. */
        private void perform(Step step, Action action) {
            if (!(action instanceof Action.AwaitReady)) {
                writer.perform(action, of(step));
                return;
            }
            places.release();
            try {
                writer.perform(action, of(step));
            } finally {
                places.acquireUninterruptibly();
            }
        }

        private Progress of(Step step) {
            return new Progress() {
                @Override
                public void at(String what, long done, long of) {
                    synchronized (listener) {
                        listener.goesOn(step, what, done, of);
                    }
                }

                @Override
                public void told(String sentence) {
                    synchronized (listener) {
                        listener.told(step, sentence);
                    }
                }

                @Override
                public boolean hasLeft() {
                    return isOver();
                }
            };
        }

        private String takeBack(Step step, int done, HostException failure) {
            var failed = step.actions().get(done);
            if (failed instanceof Action.AwaitReady) {
                // It runs as it was asked to, and is left to whoever wants to see why it is not ready.
                return "";
            }
            if (done == 0) {
                // Who gives advice knows better what was changed.
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
                return " Taking back what had been done before failed as well: " + ended(again.reason());
            }
        }
    }

    /** libvirt ends its sentences with a period or not. */
    private static String ended(String sentence) {
        return sentence.endsWith(".") || sentence.endsWith("\n") ? sentence.stripTrailing() : sentence + ".";
    }

    private static Diagnostic why(Step step, Action action, HostException failure, String aftermath) {
        var isLost = failure.failure() == Failure.LOST || failure.failure() == Failure.UNREACHABLE;
        var code = isLost ? Code.HOST_LOST : failure.told().orElse(Code.HOST_REFUSED);
        var detail = verb(action) + " " + action.target() + " failed: "
                + (failure.code() == 0
                        ? ended(failure.reason())
                        : failure.reason() + " (libvirt error " + failure.code() + ").")
                + aftermath;
        var fix = isLost
                ? "See whether libvirtd runs, and apply again: what is done is not done twice."
                : failure.advice().orElse("Correct the declaration or the host, and apply again.");
        return step.place()
                .map(place -> Diagnostic.error(code, place, detail, fix))
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
