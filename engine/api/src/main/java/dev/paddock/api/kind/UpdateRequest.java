package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.xml.Element;
import java.util.List;

/**
 * An existing object that has to change in place.
 *
 * @param merged the observed definition overlaid with the declared one, complete, for libvirt to define
 * @param changes the differences; never empty
 */
public record UpdateRequest(DesiredResource desired, Observed.Present observed, Element merged, List<Change> changes) {}
