package dev.paddock.api.kind;

import dev.paddock.api.change.Change;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.xml.Element;
import java.util.List;

/**
 * An object that is there and has to change in place.
 *
 * @param merged the observed definition with the declared laid over it, complete, to be given to libvirt
 * @param changes what differs; never empty
 */
public record UpdateRequest(DesiredResource desired, Observed.Present observed, Element merged, List<Change> changes) {}
