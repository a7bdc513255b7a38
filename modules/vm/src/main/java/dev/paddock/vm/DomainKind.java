package dev.paddock.vm;

import dev.paddock.api.change.Change;
import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Severity;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.AcceleratedKind;
import dev.paddock.api.kind.ContributorKind;
import dev.paddock.api.kind.NormalizedKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.rule.Rules;
import dev.paddock.api.xml.Element;
import dev.paddock.vm.compare.ImpliedDevices;
import dev.paddock.vm.compare.ImpliedEmulator;
import dev.paddock.vm.compare.NormalizedLiveVm;
import dev.paddock.vm.compare.NormalizedVm;
import dev.paddock.vm.document.VmDefinition;
import dev.paddock.vm.document.VmReferences;
import dev.paddock.vm.rule.RegeneratedValues;
import dev.paddock.vm.rule.VmRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The common parts of VMs and of VM pools: in libvirt, both are domains. */
public abstract class DomainKind implements AcceleratedKind, ContributorKind, NormalizedKind, ShorthandKind {
    /** The type in a document that leaves the choice to the host. */
    private static final String AUTO = "auto";

    @Override
    public final String root() {
        return "domain";
    }

    @Override
    public final Optional<String> templates() {
        return Optional.of("templates");
    }

    @Override
    public final boolean asksForAcceleration(Element document) {
        return document.attribute("type").filter(AUTO::equals).isPresent();
    }

    @Override
    public final Element accelerated(Element document, boolean available) {
        return asksForAcceleration(document) ? document.withAttribute("type", available ? "kvm" : "qemu") : document;
    }

    @Override
    public final Element emulated(Element document, Element observed, Supplier<Map<String, Set<String>>> emulators) {
        return ImpliedEmulator.in(document, observed, emulators);
    }

    @Override
    public final Diagnostic emulationWarning(String host, Optional<SourceLocation> location) {
        return new Diagnostic(
                Code.KVM_UNAVAILABLE,
                Severity.WARNING,
                location,
                "KVM does not work on host " + host
                        + ", so guests of type auto run under emulation there, many times slower.",
                Optional.of("To see why, run paddock doctor there. To be told nothing, write type: qemu."));
    }

    @Override
    public final String template() {
        return "domain.xml.ftlx";
    }

    @Override
    public final Optional<String> libvirtSchema() {
        return Optional.of("domain.rng");
    }

    @Override
    public final Rules rules() {
        return VmRules.RULES;
    }

    @Override
    public final boolean keepsMetadata() {
        return true;
    }

    @Override
    public final Element comparable(Element document) {
        return NormalizedVm.of(document);
    }

    @Override
    public final Element implied(Element declared, Element observed) {
        return ImpliedDevices.in(declared, observed);
    }

    @Override
    public final Element running(Element live, Element defined) {
        return NormalizedLiveVm.of(live, defined);
    }

    @Override
    public final Element identified(Element document, String uuid) {
        return VmDefinition.of(document.withChild(Element.of("uuid").withText(uuid)));
    }

    @Override
    public final Optional<String> uuid(Element document) {
        return document.childText("uuid");
    }

    @Override
    public final Optional<String> documentName(Element document) {
        return document.childText("name");
    }

    @Override
    public final Element named(Element document, String name) {
        var element = Element.of("name").withText(name);
        if (document.child("name").isPresent()) {
            return document.withChild(element);
        }
        List<Element> children = new ArrayList<>(document.children());
        children.addFirst(element);
        return document.withChildren(children);
    }

    @Override
    public final List<ResourceReference> references(ResourceId id, Element document) {
        return VmReferences.of(document);
    }

    /** The size of the balloon is compared with what the definition says, even where it says all of the memory. */
    @Override
    public boolean matters(Change change, Observed.Present observed) {
        return !(change.pattern().equals("currentMemory")
                && change.action() == Change.Action.ADD
                && NormalizedVm.amountOf(observed.defined(), "currentMemory").equals(change.after()));
    }

    @Override
    public boolean isChosenAgain(Change lost) {
        return RegeneratedValues.is(lost);
    }
}
