package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.xml.Element;
import java.util.Optional;

/** A kind whose documents can leave it to the host whether a resource runs with hardware acceleration. */
public interface AcceleratedKind extends Kind {
    /** Return whether a document leaves that choice to the host. */
    boolean asksForAcceleration(Element document);

    /**
     * Return the document with that choice made; unchanged if the document leaves no choice.
     *
     * @param available whether the host offers hardware acceleration
     */
    Element accelerated(Element document, boolean available);

    /**
     * Return the warning that a host without hardware acceleration emulates what it runs.
     *
     * @param host the name of the host in the inventory
     * @param location where the first resource that is affected is declared
     */
    Diagnostic emulationWarning(String host, Optional<SourceLocation> location);
}
