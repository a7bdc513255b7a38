package dev.paddock.api.kind;

import dev.paddock.api.diagnostic.SourceLocation;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;

/**
 * What one resource adds to the document of another, such as the DHCP reservation of a VM in a network.
 *
 * @param place where it is declared
 */
public record Contribution(ResourceId to, Element part, SourceLocation place) {}
