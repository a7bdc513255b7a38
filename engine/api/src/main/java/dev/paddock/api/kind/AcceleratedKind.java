package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
     * Return the document with the program that runs the VM, if it is not declared and the observed one is of the host's
     * choice.
     *
     * @param emulators the programs that the host chooses from, by architecture
     */
    Element emulated(Element document, Element observed, Supplier<Map<String, Set<String>>> emulators);

    /**
     * Return the warning that a host without hardware acceleration emulates its VMs.
     *
     * @param host the name of the host in the inventory
     * @param location where the first affected resource is declared
     */
    Diagnostic emulationWarning(String host, Optional<SourceLocation> location);
}
