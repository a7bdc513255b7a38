package dev.paddock.core.inventory;

import dev.paddock.core.expression.Variables;
import dev.paddock.core.load.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The hosts, their groups, and the variables of both. */
public interface Inventory {
    /** The host that exists without an inventory. */
    String LOCAL = "local";

    /** The group of all hosts. */
    String ALL = "all";

    /** The libvirt of this machine. */
    String LOCAL_URI = "qemu:///system";

    /** Return the names of the hosts, in the order of the inventory. */
    Set<String> hosts();

    Set<String> groups();

    /** Return the hosts of a group and of the groups below it; empty if there is no such group. */
    Set<String> members(String group);

    /** Return whether there is such a host, which may be one that no inventory has to name. */
    boolean knows(String host);

    /** Return whether all hosts and groups are known, so that other names are errors. */
    boolean isComplete();

    /**
     * Return the libvirt URI of a host, not evaluated; empty if it is unknown.
     *
     * @param variables the variables of the host
     */
    Optional<YamlNode> uri(String host, Variables variables);

    /**
     * Return the variables of a host, lowest precedence first.
     *
     * @param playbookFolder the folder of the playbook that uses them
     */
    List<VariableLayer> layers(String host, Optional<Path> playbookFolder);
}
