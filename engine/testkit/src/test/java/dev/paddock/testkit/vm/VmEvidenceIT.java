package dev.paddock.testkit.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.xml.Element;
import dev.paddock.testkit.lab.Labs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** After an apply there is nothing left to plan of a guest, and whatever is changed of it is told. */
class VmEvidenceIT {
    private static final Map<String, Object> STOPPED = Map.of("state", "stopped");
    private static final int MOST = Integer.getInteger("paddock.evidence.sites", 12);

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Test
    void aGuestOfTheCorpusThatWasAppliedPlansEmpty() {
        try (var lab = new VmLab(Labs.uri())) {
            VmCorpus.documents(lab.kind(), "evidence").forEach((file, document) -> {
                count("documents");
                // Some of these say what libvirt takes and its schema does not.
                var yaml = VmLab.playbook(document, Map.of("state", "stopped", "validate", "no"));
                lab.provide(document);
                var problems = lab.apply(yaml);
                if (!problems.isEmpty()) {
                    count("refused");
                    System.getLogger("evidence").log(System.Logger.Level.INFO, file + " is refused: " + problems);
                } else if (!lab.plan(yaml).isEmpty() || lab.plan(yaml).hasErrors()) {
                    violations.add(file + ": " + VmLab.text(lab.plan(yaml)));
                }
                lab.destroy(yaml);
                if (lab.observed("evidence").isPresent()) {
                    violations.add(file + " does not go");
                }
            });
        }
        report("No noise");
        assertThat(violations).isEmpty();
        assertThat(counts.get("documents")).isGreaterThan(50);
        assertThat(counts.getOrDefault("refused", 0)).isLessThan(8);
    }

    @Test
    void whateverIsChangedOfAGuestIsToldAndConverges() {
        var random = new Random(11);
        try (var lab = new VmLab(Labs.uri())) {
            var canon = new LibvirtForm(lab);
            VmCorpus.documents(lab.kind(), "evidence").forEach((file, document) -> {
                lab.provide(document);
                if (!lab.apply(playbook(document)).isEmpty()) {
                    lab.destroy(playbook(document));
                    return;
                }
                var before = canon.of(document).orElseThrow();
                var mutations = new ArrayList<>(LeafMutations.of(document));
                Collections.shuffle(mutations, random);
                for (var mutation : mutations.subList(0, Math.min(MOST, mutations.size()))) {
                    look(lab, canon, file, document, before, mutation);
                }
                lab.destroy(playbook(document));
            });
        }
        report("No blindness");
        assertThat(violations).isEmpty();
        assertThat(counts.get("mutations")).isGreaterThan(150);
    }

    private void look(
            VmLab lab,
            LibvirtForm canon,
            String file,
            Element document,
            Element before,
            LeafMutations.Mutation mutation) {
        var label = file + ": " + mutation.what() + " " + mutation.path();
        count("sites");
        Optional<Element> changed = Optional.empty();
        Optional<Element> same = Optional.empty();
        for (var candidate : mutation.candidates()) {
            var made = canon.of(candidate);
            if (made.isPresent()
                    && (mutation.path().endsWith("mac/@address") || !LibvirtForm.isSame(made.get(), before))) {
                changed = Optional.of(candidate);
                break;
            }
            if (made.isPresent()) {
                same = Optional.of(candidate);
            }
        }
        if (changed.isEmpty()) {
            count(same.isPresent() ? "the same to libvirt" : "refused by libvirt");
            same.ifPresent(candidate -> quiet(lab, label, candidate));
            return;
        }
        count("mutations");
        there(lab, canon, label, mutation, changed.get());
        there(lab, canon, label + ", back", mutation, document);
    }

    private void quiet(VmLab lab, String label, Element candidate) {
        var plan = lab.plan(playbook(candidate));
        var told = plan.steps().stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.action() != Change.Action.RELEASE)
                .toList();
        if (!told.isEmpty() || plan.hasErrors()) {
            count("spurious");
            violations.add(label + " is the same to libvirt: " + VmLab.text(plan));
        }
    }

    private void there(VmLab lab, LibvirtForm canon, String label, LeafMutations.Mutation mutation, Element document) {
        var yaml = playbook(document);
        lab.provide(document);
        var plan = lab.plan(yaml);
        if (!plan.hasErrors() && plan.isEmpty() && isAsMade(lab, canon, document)) {
            count("as it was");
            return;
        }
        if (plan.hasErrors() || plan.isEmpty()) {
            count("missed");
            violations.add(label + ": missed " + VmLab.text(plan) + " " + differences(lab, canon, document));
            return;
        }
        var problems = lab.apply(yaml);
        if (!problems.isEmpty()) {
            count("not converged");
            violations.add(label + ": " + problems);
            lab.destroy(yaml);
            lab.apply(yaml);
        }
        var named = plan.work().stream()
                .flatMap(step -> step.changes().stream())
                .anyMatch(change -> change.pattern().startsWith(mutation.path())
                        || mutation.path().startsWith(change.pattern()));
        if (!named) {
            count("told elsewhere");
            System.getLogger("evidence").log(System.Logger.Level.INFO, label + " is told as " + VmLab.text(plan));
        }
    }

    /** What libvirt once chose, or was once told, may be what it is told now. */
    private static boolean isAsMade(VmLab lab, LibvirtForm canon, Element document) {
        return differences(lab, canon, document).isEmpty();
    }

    private static List<Change> differences(VmLab lab, LibvirtForm canon, Element document) {
        var observed = lab.observed("evidence").orElseThrow().defined();
        // A PCI bus without devices is one that libvirt adds to some documents, and keeps in others.
        return lab.differ(canon.of(document).orElseThrow(), observed).stream()
                .filter(change -> !(change.pattern().equals("devices/controller")
                        && change.before().orElse("").contains("pcie-root-port")))
                .toList();
    }

    private static String playbook(Element document) {
        return VmLab.playbook(document, STOPPED);
    }

    private void report(String title) {
        System.getLogger("evidence").log(System.Logger.Level.INFO, title + ": " + counts);
        violations.forEach(violation -> System.getLogger("evidence").log(System.Logger.Level.INFO, violation));
    }
}
