package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Map;

/**
 * A kind whose objects write to files that can be layers on top of others. An external snapshot puts a new layer on top
 * of a disk, and writes it into the definition; what is declared is then below it.
 */
public interface LayeredKind {
    /** Return whether the layers of an object's files decide whether it is as declared. */
    boolean dependsOnLayers(Element declared, Observed.Present observed);

    /**
     * Return the declared document, with the upper layers where a declared file is one of the layers below.
     *
     * @param layers the sources below the current one of each disk, by target
     */
    Element layered(Element declared, Observed.Present observed, Map<String, List<Element>> layers);

    /**
     * Return warnings about files that the object is on in place of the declared ones, and about files whose place
     * others take.
     *
     * @param declared as the user declared it
     * @param layered what {@link #layered} made of it
     */
    List<Diagnostic> layerWarnings(
            ResourceId id, SourceLocation place, Element declared, Element layered, Observed.Present observed);
}
