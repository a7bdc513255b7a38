package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import java.util.Set;

/** The form in which clocks are compared. See virDomainClockDefParseXML in libvirt's src/conf/domain_conf.c. */
final class NormalizedClock {
    private static final String VARIABLE = "variable";

    private NormalizedClock() {}

    static Element of(Element clock) {
        var offset = clock.attribute("offset").orElse("utc");
        var form = clock;
        var isMoved = Set.of("utc", "localtime").contains(offset)
                && clock.attribute("adjustment")
                        .filter(text -> text.matches("[-+]?[0-9]+"))
                        .isPresent();
        if (isMoved) {
            form = form.withAttribute("offset", VARIABLE).withAttribute("basis", offset);
        }
        if (form.attribute("offset").filter(VARIABLE::equals).isPresent()) {
            form = form.attribute("adjustment").isPresent() ? form : form.withAttribute("adjustment", "0");
            form = form.attribute("basis").isPresent() ? form : form.withAttribute("basis", "utc");
        }
        return form;
    }
}
