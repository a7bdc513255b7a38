package dev.paddock.api.resource;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * What is asked of one resource: the document as declared, and what stands outside of it.
 *
 * @param document what was declared, as libvirt would be given it, but for the identity that an existing object keeps
 * @param state {@code ABSENT} when it has to go
 * @param autostart absent when nothing is asked
 */
public record DesiredResource(ResourceId id, Element document, DesiredState state, Optional<Boolean> autostart) {}
