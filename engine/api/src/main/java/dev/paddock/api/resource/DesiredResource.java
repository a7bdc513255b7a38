package dev.paddock.api.resource;

import dev.paddock.api.xml.Element;
import java.util.Optional;

/**
 * What is declared for one resource: the document, and the settings outside of it.
 *
 * @param document as libvirt would receive it, except for the identity that an existing object keeps
 * @param state {@code ABSENT} to delete it
 * @param autostart absent if not declared
 */
public record DesiredResource(ResourceId id, Element document, DesiredState state, Optional<Boolean> autostart) {}
