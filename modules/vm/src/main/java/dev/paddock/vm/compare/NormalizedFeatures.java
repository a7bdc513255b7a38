package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/** The form in which features are compared. See virDomainFeaturesDefParse in libvirt's src/conf/domain_conf.c. */
final class NormalizedFeatures {
    private NormalizedFeatures() {}

    static Element of(Element features) {
        return features.withChildren(features.children().stream()
                .flatMap(feature -> feature(feature).stream())
                .toList());
    }

    /** A feature without a state is on. */
    private static Element on(Element feature) {
        return feature.attribute("state").isPresent() ? feature : feature.withAttribute("state", "on");
    }

    private static Optional<Element> feature(Element feature) {
        return switch (feature.name().local()) {
            case "vmport", "hap", "pmu", "vmcoreinfo", "pvspinlock", "htm", "nested-hv", "ccf-assist" ->
                Optional.of(on(feature));
            case "smm" ->
                Optional.of(on(feature)
                        .withChildren(feature.children().stream()
                                .filter(child -> on(feature)
                                        .attribute("state")
                                        .filter("on"::equals)
                                        .isPresent())
                                .map(child -> child.is("tseg") ? NormalizedVm.amount(child, "MiB", 1) : child)
                                .toList()));
            case "hyperv" -> Optional.of(enlightenments(feature));
            case "capabilities" ->
                NormalizedVm.unlessEmpty(
                        feature.attribute("policy").filter("default"::equals).isPresent()
                                ? feature.withoutAttribute("policy")
                                : feature);
            case "kvm" ->
                Optional.of(feature.withChildren(feature.children().stream()
                        .map(child ->
                                child.attribute("state").filter("on"::equals).isPresent()
                                        ? child
                                        : child.withoutAttribute("size"))
                        .toList()));
            case "hpt" ->
                NormalizedVm.unlessEmpty(feature.withChildren(feature.children().stream()
                        .filter(child -> !child.text().strip().matches("0+"))
                        .map(child -> child.is("maxpagesize") ? NormalizedVm.amount(child, "B", 1) : child)
                        .toList()));
            case "tcg" ->
                NormalizedVm.unlessEmpty(feature.withChildren(feature.children().stream()
                        .filter(child -> !child.text().strip().matches("0+"))
                        .map(child ->
                                child.is("tb-cache") ? NormalizedVm.amount(child, "KiB", NormalizedVm.KIB) : child)
                        .toList()));
            default -> Optional.of(feature);
        };
    }

    /** What is off has no details. */
    private static Element enlightenments(Element hyperv) {
        var form = hyperv.withChildren(hyperv.children().stream()
                .map(NormalizedFeatures::enlightenment)
                .toList());
        return hyperv.attribute("mode").isPresent() ? form : form.withAttribute("mode", "custom");
    }

    private static Element enlightenment(Element word) {
        var state = word.attribute("state");
        return state.filter("on"::equals).isPresent()
                ? word.withChildren(word.children().stream()
                        .filter(child ->
                                !child.attribute("state").filter("off"::equals).isPresent())
                        .toList())
                : state.map(off -> Element.of(word.name().local()).withAttribute("state", off))
                        .orElse(word);
    }
}
