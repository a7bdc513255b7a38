package dev.paddock.network.change;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Scope;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;

/**
 * The arguments of one call of virNetworkUpdate, without the network and the flags.
 *
 * @param parentIndex the position of the {@code <ip>} among its siblings; -1 for sections outside of it
 */
record SectionUpdate(Command command, Section section, int parentIndex, Element part) {
    static SectionUpdate of(Command command, Section section, Element part) {
        return new SectionUpdate(command, section, -1, part);
    }

    SectionUpdate with(Command other) {
        return new SectionUpdate(other, section, parentIndex, part);
    }

    Action action(ResourceId network, Scope scope) {
        return new Action.UpdateNetwork(network, command, section, parentIndex, XmlWriter.write(part), scope);
    }
}
