package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.xml.Element;
import java.util.Optional;

/** A kind whose documents can leave the choice of hardware acceleration to the host. */
public interface AcceleratedKind extends Kind {
    /** Return whether a document leaves the choice to the host. */
    boolean asksForAcceleration(Element document);

    /**
     * Return the document with the choice made; unchanged if there is none to make.
     *
     * @param available whether the host offers hardware acceleration
     */
    Element accelerated(Element document, boolean available);

    /**
     * Return the warning that a host without hardware acceleration emulates its VMs.
     *
     * @param host the name of the host in the inventory
     * @param location where the first affected resource is declared
     */
    Diagnostic emulationWarning(String host, Optional<SourceLocation> location);
}
