package dev.paddock.testkit.evidence;

import dev.paddock.api.change.Change;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.rule.Siblings;
import dev.paddock.api.xml.Element;
import dev.paddock.core.plan.HostPlan;
import dev.paddock.core.plan.Stamp;
import dev.paddock.testkit.generate.Shape;
import dev.paddock.testkit.generate.Site;
import dev.paddock.testkit.generate.Site.Variant;
import dev.paddock.testkit.generate.Sites;
import dev.paddock.testkit.generate.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes one small change after the other to documents, and looks whether plans tell each, and nothing else. */
final class Blindness {
    private static final int MOST_CANDIDATES = 12;

    private final Engine engine;
    private final Oracle oracle;
    private final Shape shape;
    private final Table table;

    Blindness(Engine engine, Oracle oracle, Shape shape, Table table) {
        this.engine = engine;
        this.oracle = oracle;
        this.shape = shape;
        this.table = table;
    }

    /** A document, and what libvirt makes of it. */
    private record Known(Item item, Element dump) {}

    /**
     * Go through the sites of a document.
     *
     * @param row of the table
     * @param label for people, in what is wrong
     * @param most how many sites; chosen by chance where there are more
     */
    void look(String row, String label, Item item, Random random, int most) {
        look(row, label, item, random, most, site -> true);
    }

    /** Go through some sites of a document. */
    void look(String row, String label, Item item, Random random, int most, Predicate<Site> wanted) {
        if (!(oracle.ask(item.kind(), item.document()) instanceof Oracle.Answer.Accepted(Element dump))) {
            table.count(row, "refused as they are");
            return;
        }
        var original = new Known(item, dump);
        var sites = new ArrayList<>(
                Sites.of(item.document(), shape, Values.of(item.document(), References.names()), random));
        sites.removeIf(wanted.negate());
        if (sites.size() > most) {
            Collections.shuffle(sites, random);
        }
        if (!settle(label, original)) {
            return;
        }
        table.count(row, "documents");
        for (var site : sites.subList(0, Math.min(most, sites.size()))) {
            try {
                look(row, label + ": " + site, original, site);
            } catch (RuntimeException failure) {
                table.count(row, "failed");
                table.violation(label + ": " + site + ": " + failure);
                engine.destroy(item);
                settle(label, original);
            }
        }
        engine.destroy(item);
    }

    private void look(String row, String label, Known original, Site site) {
        table.count(row, "sites");
        Optional<Variant> dropped = Optional.empty();
        for (var variant : site.variants()
                .subList(0, Math.min(MOST_CANDIDATES, site.variants().size()))) {
            if (oracle.ask(original.item().kind(), variant.document())
                    instanceof Oracle.Answer.Accepted(Element dump)) {
                if (Spots.between(original.dump(), dump).isEmpty()) {
                    dropped = dropped.or(() -> Optional.of(variant));
                } else {
                    var changed = new Known(original.item().with(variant.document()), dump);
                    var text = label + (variant.value().isEmpty() ? "" : " = '" + variant.value() + "'");
                    var isSound = there(row, text, site, original, changed)
                            && there(row, text + ", back", reverse(site), changed, original);
                    if (!isSound) {
                        engine.destroy(original.item());
                        settle(label, original);
                    }
                    return;
                }
            }
        }
        table.count(row, dropped.isPresent() ? "dropped by libvirt" : "refused by libvirt");
        dropped.ifPresent(variant -> quiet(row, label, original, site, variant));
    }

    /** What libvirt drops or takes for the same, the engine has to take for the same. */
    private void quiet(String row, String label, Known original, Site site, Variant variant) {
        table.note("dropped by libvirt", site.what() + " " + site.pattern());
        var plan = engine.plan(original.item().with(variant.document()));
        if (plan.hasErrors() || !plan.isEmpty()) {
            table.count(row, "spurious");
            table.violation(label + " = '" + variant.value() + "': libvirt takes it for the same: " + Noise.text(plan));
        }
    }

    private static Site reverse(Site site) {
        var what =
                switch (site.what()) {
                    case "add" -> "remove";
                    case "remove" -> "add";
                    case "insert" -> "drop";
                    case "drop" -> "insert";
                    default -> site.what();
                };
        return new Site(what, site.pattern(), site.place(), List.of());
    }

    private boolean settle(String label, Known known) {
        var applied = engine.apply(known.item());
        applied.problems().forEach(problem -> table.violation(label + ": " + problem));
        return applied.problems().isEmpty();
    }

    /** Go from one document to another, and return whether all was as it should. */
    private boolean there(String row, String label, Site site, Known from, Known to) {
        table.count(row, "mutations");
        var plan = engine.plan(to.item());
        var spots = Spots.between(from.dump(), to.dump()).and(Spots.between(actual(to), to.dump()));
        var told = judge(row, label, site, spots, from, to, plan);
        var applied = engine.apply(plan, to.item());
        if (!applied.problems().isEmpty()) {
            table.count(row, "not converged");
            applied.problems().forEach(problem -> table.violation(label + ": not converged: " + problem));
            return false;
        }
        var rest = Spots.between(actual(to), to.dump());
        if (!rest.isEmpty() && !isReordering(site, to)) {
            table.count(row, "not as declared");
            table.violation(label + ": is not what libvirt makes of the document alone: " + rest);
            return false;
        }
        return told;
    }

    /** Return what the host has, without what libvirt chose by itself. */
    private Element actual(Known known) {
        return Oracle.withoutChoices(definition(known), known.item().document());
    }

    /** Return what the host has, without our mark. */
    private Element definition(Known known) {
        return Stamp.strip(engine.observed(known.item().id()).orElseThrow().defined());
    }

    private static boolean isReordering(Site site, Known known) {
        return site.what().equals("swap") && isSet(known.item(), site.pattern());
    }

    private boolean judge(String row, String label, Site site, Spots spots, Known from, Known to, HostPlan plan) {
        if (plan.hasErrors()) {
            table.count(row, "wrong path");
            table.violation(label + ": no plan: " + plan.diagnostics());
            return false;
        }
        var changes =
                plan.steps().stream().flatMap(step -> step.changes().stream()).toList();
        if (changes.isEmpty() && isReordering(site, to)) {
            table.count(row, "order means nothing");
            return true;
        }
        if (changes.isEmpty() && Spots.between(actual(to), to.dump()).isEmpty()) {
            table.count(row, "chosen alike");
            return true;
        }
        if (changes.isEmpty()) {
            table.count(row, "missed");
            table.violation(label + ": missed, though libvirt has other " + spots);
            return false;
        }
        var before = List.of(from.dump(), definition(from));
        var wrong = changes.stream()
                .filter(change -> !isPlaced(change, site, spots, before, to) && !isDeclaredAt(change, site, from, to))
                .toList();
        if (!wrong.isEmpty()) {
            table.count(row, "wrong path");
            table.violation(
                    label + ": wrong path " + wrong.stream().map(Change::path).toList() + " of "
                            + changes.stream().map(Change::path).toList() + ", libvirt's documents differ at " + spots);
            return false;
        }
        changes.stream()
                .filter(change -> !isSame(change.pattern(), site.pattern()))
                .forEach(change -> table.note(
                        "together",
                        row + " " + site.what() + " " + site.pattern() + " -> " + change.action() + " "
                                + change.pattern()));
        return true;
    }

    /** Return whether a rule says that elements of this path are a set. */
    private static boolean isSet(Item item, String pattern) {
        Rules rules = item.kind().rules();
        return rules.siblings().stream()
                .anyMatch(siblings -> siblings.path().equals(pattern) && siblings instanceof Siblings.Keyed);
    }

    /** Return whether the path leads to the very place that was changed, in what was declared before or is now. */
    private static boolean isDeclaredAt(Change change, Site site, Known from, Known to) {
        return Stream.of(from, to)
                .map(known -> Places.in(known.item().document()).alike(change.path()))
                .anyMatch(places -> isAt(places, site));
    }

    private static boolean isPlaced(Change change, Site site, Spots spots, List<Element> documents, Known to) {
        var before = documents.stream()
                .map(document -> Places.in(document).alike(change.path()))
                .filter(places -> !places.isEmpty())
                .findFirst()
                .orElse(List.of());
        var after = Stream.of(to.dump(), to.item().document())
                .map(document -> Places.in(document).alike(change.path()))
                .toList();
        return switch (change.action()) {
            case CHANGE ->
                (isOne(before, spots.before()) || after.stream().anyMatch(places -> isOne(places, spots.after())))
                        && isValue(change, site, to);
            case REMOVE, RELEASE -> isOne(before, spots.before());
            case ADD -> after.stream().anyMatch(places -> isOne(places, spots.after()) || isAt(places, site));
            case MOVE ->
                Stream.concat(Stream.of(before), after.stream())
                        .flatMap(List::stream)
                        .anyMatch(moved -> all(spots).stream().anyMatch(place -> Spots.isWithin(place, moved)));
        };
    }

    private static Set<String> all(Spots spots) {
        Set<String> all = new LinkedHashSet<>(spots.before());
        all.addAll(spots.after());
        return all;
    }

    /** Return whether the plan names the value that the document has there now. */
    private static boolean isValue(Change change, Site site, Known to) {
        var declared = Places.in(to.item().document()).at(change.path());
        return declared.isEmpty() || change.after().isPresent() || !isSame(change.pattern(), site.pattern());
    }

    private static boolean isOne(List<String> places, Set<String> spots) {
        return places.stream().anyMatch(place -> Spots.covers(spots, place));
    }

    private static boolean isAt(List<String> places, Site site) {
        return places.stream().anyMatch(place -> Spots.isWithin(place, site.place()));
    }

    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || Optional.of(one.replace("dnsmasq:", "{http://libvirt.org/schemas/network/dnsmasq/1.0}"))
                        .filter(other::equals)
                        .isPresent();
    }
}
