package dev.paddock.testkit.evidence;

import dev.paddock.api.change.Change;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.diff.Differ;
import dev.paddock.core.diff.RuleIndex;
import dev.paddock.host.validate.LibvirtSchemas;
import dev.paddock.host.validate.SchemaVerdict;
import dev.paddock.testkit.generate.CandidateValues;
import dev.paddock.testkit.generate.ElementShape;
import dev.paddock.testkit.generate.MutationSite;
import dev.paddock.testkit.generate.MutationSites;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Holds the comparison of VMs against what libvirt makes of them, one word of the schema at a time. */
final class VmWordCheck {
    private static final int MOST = 12;

    /** One site of so many is also applied, and taken back, which takes a while. */
    private static final int APPLIED = Integer.getInteger("paddock.applied", 6);

    private final EngineLab engine;
    private final LibvirtOracle oracle;
    private final ElementShape shape;
    private final EvidenceTable table;
    private final LibvirtSchemas schemas = new LibvirtSchemas();
    private final Kind kind = EngineLab.kind("vm");
    private final AcceleratedKind emulated = (AcceleratedKind) kind;
    private int applied;
    private final Differ differ = new Differ(new RuleIndex(kind.rules()));

    VmWordCheck(EngineLab engine, LibvirtOracle oracle, ElementShape shape, EvidenceTable table) {
        this.engine = engine;
        this.oracle = oracle;
        this.shape = shape;
        this.table = table;
    }

    /** Go through the words that a document could have beside its own. */
    void look(String label, Element document, Set<String> known) {
        if (!(oracle.ask(kind, document) instanceof LibvirtOracle.Answer.Accepted(Element dump))) {
            table.count("declared", "refused as they are");
            table.note("refused as they are", label + ": " + oracle.ask(kind, document));
            return;
        }
        table.count("declared", "documents");
        quiet(label, document, dump);
        Set<String> declared = new TreeSet<>(known);
        for (var site : sites(document)) {
            if (!declared.add(site.what() + site.pattern())) {
                continue;
            }
            declared(label, document, dump, site);
        }
        Set<String> byHand = new TreeSet<>(known);
        for (var site : sites(dump)) {
            if (!byHand.add(site.what() + site.pattern())) {
                continue;
            }
            byHand(label, document, dump, site);
        }
    }

    /** Return the words that a document could have, and what libvirt makes of it. */
    Set<String> words(Element document) {
        Set<String> words = new TreeSet<>();
        sites(document).forEach(site -> words.add(site.what() + site.pattern()));
        if (oracle.ask(kind, document) instanceof LibvirtOracle.Answer.Accepted(Element dump)) {
            sites(dump).forEach(site -> words.add(site.what() + site.pattern()));
        }
        return words;
    }

    private List<MutationSite> sites(Element document) {
        return MutationSites.of(
                document, shape, CandidateValues.of(document, ReferencedFilters.names()), new Random(1));
    }

    private void declared(String label, Element document, Element dump, MutationSite site) {
        table.count("declared", "sites");
        var isSeen = false;
        var isAccepted = false;
        for (var variant : site.variants()) {
            var isWord = !variant.value().isEmpty()
                    && Character.isLetter(variant.value().charAt(0));
            if (isSeen && !isWord) {
                continue;
            }
            table.count("declared", "words");
            if (!(ask(variant.document()) instanceof LibvirtOracle.Answer.Accepted(Element made))) {
                continue;
            }
            isAccepted = true;
            table.count("declared", "accepted");
            var text = label + ": " + site + (variant.value().isEmpty() ? "" : "='" + variant.value() + "'");
            quiet(text, variant.document(), made);
            if (DocumentDifferences.between(dump, made).isEmpty()) {
                continue;
            }
            if (!isSeen && applied++ % APPLIED == 0) {
                converge(text, document, variant.document());
            }
            isSeen = true;
            if (told(variant.document(), dump).isEmpty() && !isPlace(site)) {
                table.count("declared", "missed");
                table.violation(
                        text + ": missed where it is declared anew: " + DocumentDifferences.between(dump, made));
            }
            if (told(document, made).isEmpty() && !isPlace(site)) {
                table.count("declared", "blind");
                table.violation(
                        text + ": missed where it is declared no more: " + DocumentDifferences.between(dump, made));
            }
        }
        if (!isAccepted) {
            table.note("refused by libvirt", "declared " + site.what() + " " + site.pattern());
        }
    }

    /** Go from one document to another and back. What libvirt does not redefine is no matter of words. */
    private void converge(String label, Element from, Element to) {
        var first = new DeclaredItem(kind, from, false);
        if (!engine.apply(first).problems().isEmpty()) {
            table.count("declared", "not applied");
            return;
        }
        for (var item : List.of(first.with(to), first)) {
            table.count("declared", "applied");
            var problems = engine.apply(item).problems();
            if (!problems.isEmpty()) {
                table.count("declared", "not converged");
                table.violation(label + ": not converged: " + problems);
            }
        }
        engine.destroy(first);
    }

    /** A document that the schema refuses is refused by libvirt, which would take longer to say so. */
    private LibvirtOracle.Answer ask(Element document) {
        return schemas.check("domain.rng", XmlWriter.write(document)) instanceof SchemaVerdict.Checked checked
                        && !checked.problems().isEmpty()
                ? new LibvirtOracle.Answer.Refused("The schema refuses it.")
                : oracle.ask(kind, document);
    }

    private void byHand(String label, Element document, Element dump, MutationSite site) {
        table.count("by hand", "sites");
        var tries = 0;
        for (var variant : site.variants()) {
            if (tries++ >= MOST) {
                break;
            }
            table.count("by hand", "words");
            if (!(ask(variant.document()) instanceof LibvirtOracle.Answer.Accepted(Element made))) {
                continue;
            }
            table.count("by hand", "accepted");
            var spots = DocumentDifferences.between(dump, made);
            if (spots.isEmpty() || sorted(dump).equals(sorted(made)) || isPlace(site)) {
                continue;
            }
            if (told(document, made).isEmpty()) {
                table.count("by hand", "blind");
                table.violation(label + ": by hand " + site + "='" + variant.value() + "': missed " + spots);
            }
            return;
        }
    }

    /** Where a device is plugged in is libvirt's to choose. */
    private static boolean isPlace(MutationSite site) {
        return site.pattern()
                .matches(
                        "title|description|os/nvram|devices/[a-z]+/address.*|devices/controller/(target|model|master).*");
    }

    /** Return a document in which the order of devices means nothing. */
    private static Element sorted(Element document) {
        return document.withChildren(document.children().stream()
                .map(child -> child.is("devices")
                        ? child.withChildren(child.children().stream()
                                .sorted(Comparator.comparing(XmlWriter::write))
                                .toList())
                        : child)
                .toList());
    }

    private void quiet(String label, Element document, Element made) {
        var told = told(document, made);
        if (!told.isEmpty()) {
            table.count("declared", "spurious");
            table.violation(label + ": spurious "
                    + told.stream()
                            .map(change -> change.action() + " " + change.path() + " "
                                    + change.before().orElse("-") + " -> "
                                    + change.after().orElse("-"))
                            .toList());
        }
    }

    private List<Change> told(Element declared, Element observed) {
        var form = NormalizedKind.of(kind);
        return differ.differences(
                form.comparable(form.implied(emulated.emulated(declared, observed, Map::of), observed)),
                form.comparable(observed),
                Set.of(),
                Change.Extent.DEFINED);
    }
}
