package dev.paddock.cli;

import dev.paddock.api.host.HostConnector;
import java.util.List;
import java.util.function.Supplier;

/** The commands there are. */
final class Commands {
    private Commands() {}

    /**
     * A command that is made when it is called.
     *
     * @param hidden whether help leaves it out
     */
    record Entry(String name, boolean hidden, Supplier<Subcommand> make) {
        static Entry of(String name, Supplier<Subcommand> make) {
            return new Entry(name, false, make);
        }
    }

    /**
     * Return all commands, in the order of the help.
     *
     * @param hosts opens connections; asked only by the commands that need one
     */
    static List<Entry> all(Supplier<HostConnector> hosts) {
        return List.of(
                Entry.of("doctor", () -> new DoctorCommand(hosts)),
                Entry.of("lab", LabCommand::new),
                new Entry("self", true, SelfCommand::new));
    }
}
