package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;

/**
 * What one resource adds to the document of another: a guest with an address, its reservation in the network.
 *
 * @param place where it is asked for
 */
public record Contribution(ResourceId to, Element part, SourceLocation place) {}
