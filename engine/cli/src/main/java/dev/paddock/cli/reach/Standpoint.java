package dev.paddock.cli.reach;

import dev.paddock.nwfilter.reach.Setting;
import java.util.List;

/**
 * An interface from which things are looked at.
 *
 * @param name as the command line and {@code expect} call it
 * @param assumed values that nobody gives, and which were taken from the network: {@code IP=192.168.101.10}
 */
public record Standpoint(String name, Setting setting, List<String> assumed) {
    public Standpoint {
        assumed = List.copyOf(assumed);
    }

    /** Return where it is, in words. */
    public String where() {
        return "on the network " + setting.network().name()
                + setting.filter()
                        .map(filter -> ", behind the filter " + filter)
                        .orElse(", behind no filter");
    }
}
