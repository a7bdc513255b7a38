package dev.paddock.host.machine;

import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The IPv4 addresses of a libvirt's machine. */
public final class HostAddresses {
    private static final List<String> COMMAND = List.of("ip", "-o", "-4", "addr", "show");
    private static final Pattern ADDRESS = Pattern.compile(" inet ([0-9.]+)[/ ]");

    private HostAddresses() {}

    /** Ask the machine; empty if no program can be run there. */
    public static Optional<List<String>> at(String uri) {
        try {
            return LibvirtMachine.of(uri)
                    .command(COMMAND)
                    .flatMap(command ->
                            of(Program.of(command.toArray(String[]::new)).run()));
        } catch (LabException ended) {
            return Optional.empty();
        }
    }

    static Optional<List<String>> of(ProcessResult outcome) {
        return outcome instanceof ProcessResult.Ended ended && ended.succeeded()
                ? Optional.of(ADDRESS.matcher(ended.output())
                        .results()
                        .map(found -> found.group(1))
                        .filter(address -> !address.startsWith("127."))
                        .distinct()
                        .toList())
                : Optional.empty();
    }
}
