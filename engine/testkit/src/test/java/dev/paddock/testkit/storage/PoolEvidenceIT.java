package dev.paddock.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.xml.Element;
import dev.paddock.testkit.lab.Labs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A plan tells of every difference that libvirt keeps, where it is, and of nothing else. */
class PoolEvidenceIT {
    private static final String NAME = "evidence";

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    @Test
    void documentOfTheCorpusThatWasAppliedPlansEmpty() {
        noNoise(PoolDocuments.corpus(NAME));
        print("No noise: documents of the corpus");
        assertThat(violations).isEmpty();
        assertThat(counts.get("documents")).isGreaterThanOrEqualTo(11);
        assertThat(counts.get("active")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void documentOfEveryTypeThatWasAppliedPlansEmpty() {
        noNoise(renamed(PoolDocuments.own()));
        print("No noise: a document of each type");
        assertThat(violations).isEmpty();
        assertThat(counts.get("documents")).isGreaterThanOrEqualTo(10);
    }

    @Test
    void everyChangeOfTheCorpusIsToldWhereItIs() {
        noBlindness(PoolDocuments.corpus(NAME));
        print("No blindness: documents of the corpus, one change at a time");
        assertThat(violations).isEmpty();
        assertThat(counts.get("mutations")).isGreaterThan(100);
    }

    @Test
    void everyChangeOfEveryTypeIsToldWhereItIs() {
        noBlindness(renamed(PoolDocuments.own()));
        print("No blindness: a document of each type, one change at a time");
        assertThat(violations).isEmpty();
        assertThat(counts.get("mutations")).isGreaterThan(100);
    }

    private static Map<String, Element> renamed(Map<String, Element> documents) {
        Map<String, Element> renamed = new LinkedHashMap<>();
        documents.forEach((label, document) ->
                renamed.put(label, document.withChild(Element.of("name").withText(NAME))));
        return renamed;
    }

    private void noNoise(Map<String, Element> documents) {
        try (var lab = new StorageLab(Labs.uri())) {
            documents.forEach((label, given) -> {
                var document = starts(given) ? inLab(given) : given;
                count("documents");
                var playbook = StorageLab.playbook(NAME, document, false);
                var problems = lab.apply(playbook);
                if (!problems.isEmpty()) {
                    violations.add(label + " is refused: " + problems);
                }
                quiet(lab, label, playbook);
                if (starts(document)) {
                    var active = StorageLab.playbook(NAME, document, true);
                    var refusals = lab.apply(active);
                    if (refusals.isEmpty()) {
                        count("active");
                        quiet(lab, label + ", active", active);
                        lab.apply(playbook);
                        quiet(lab, label + ", stopped", playbook);
                    } else {
                        violations.add(label + " does not start: " + refusals);
                    }
                }
                lab.remove(NAME);
            });
        }
    }

    /** Folders can be made in a lab; copying on write cannot be set where there is no btrfs. */
    private static boolean starts(Element document) {
        return document.attribute("type").equals(Optional.of("dir"))
                && document.child("features").isEmpty();
    }

    /** Folders of libvirt's are the lab's own; elsewhere one would be left behind. */
    private static Element inLab(Element document) {
        var target = document.child("target").orElseThrow();
        var path = target.childText("path").orElseThrow();
        return document.withChild(target.withChild(Element.of("path").withText("/var/lib/libvirt/evidence" + path)));
    }

    private void quiet(StorageLab lab, String label, String playbook) {
        var plan = lab.plan(playbook);
        if (plan.hasErrors() || !plan.isEmpty()) {
            count("spurious");
            violations.add(label + ": " + StorageLab.text(plan));
        }
    }

    private void noBlindness(Map<String, Element> documents) {
        try (var lab = new StorageLab(Labs.uri());
                var oracle = new StorageLab(Labs.uri("oracle"))) {
            documents.forEach((label, document) -> {
                var dump = oracle.ask(document).orElseThrow(() -> new IllegalStateException(label + " is refused"));
                for (var site : PoolVariants.of(document)) {
                    count("sites");
                    look(lab, oracle, label + ": " + site.what(), document, dump, site);
                }
            });
        }
    }

    private void look(
            StorageLab lab, StorageLab oracle, String label, Element document, Element dump, PoolVariants.Site site) {
        Optional<Element> same = Optional.empty();
        for (var variant : site.documents()) {
            var other = oracle.ask(variant);
            if (other.isEmpty()) {
                continue;
            }
            var spots = PoolLeaves.between(dump, other.get());
            if (spots.isEmpty()) {
                same = Optional.of(variant);
                continue;
            }
            change(lab, label, document, variant, spots);
            change(lab, label + ", back", variant, document, spots);
            return;
        }
        count(same.isPresent() ? "taken for the same by libvirt" : "refused by libvirt");
        same.ifPresent(variant -> {
            lab.apply(StorageLab.playbook(NAME, document, false));
            quiet(lab, label, StorageLab.playbook(NAME, variant, false));
            lab.remove(NAME);
        });
    }

    private void change(StorageLab lab, String label, Element before, Element after, Set<String> spots) {
        count("mutations");
        var problems = lab.apply(StorageLab.playbook(NAME, before, false));
        if (!problems.isEmpty()) {
            violations.add(label + ": does not begin: " + problems);
        }
        var changed = StorageLab.playbook(NAME, after, false);
        var plan = lab.plan(changed);
        var told = plan.work().stream()
                .flatMap(step -> step.changes().stream())
                .map(change -> PoolLeaves.positioned(change.path()))
                .toList();
        var missed = spots.stream()
                .filter(spot -> told.stream().noneMatch(path -> PoolLeaves.covers(path, spot)))
                .toList();
        var wrong = told.stream()
                .filter(path -> spots.stream().noneMatch(spot -> PoolLeaves.covers(path, spot)))
                .toList();
        if (plan.hasErrors() || !missed.isEmpty()) {
            count("missed");
            violations.add(label + ": missed " + missed + " in " + StorageLab.text(plan));
        }
        if (!wrong.isEmpty()) {
            count("wrong");
            violations.add(label + ": wrong " + wrong + ", for " + spots);
        }
        var left = lab.apply(changed);
        if (!left.isEmpty()) {
            count("not settled");
            violations.add(label + ": " + left);
        }
        quiet(lab, label, changed);
        lab.remove(NAME);
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void print(String title) {
        System.out.println("== " + title + ": " + counts);
        violations.forEach(violation -> System.out.println("!! " + violation));
    }
}
