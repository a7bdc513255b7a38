package dev.paddock.host.machine;

import dev.paddock.api.host.HostRoute;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.process.ProcessResult;
import dev.paddock.host.process.Program;
import java.util.List;
import java.util.regex.Pattern;

/** The IPv4 routes of a libvirt's machine. */
public final class HostRoutes {
    private static final List<String> COMMAND = List.of("ip", "-o", "-4", "route", "show");
    private static final Pattern ROUTE = Pattern.compile("(?m)^([0-9.]+)(?:/([0-9]{1,2}))? (?:.* )?dev (\\S+)");

    private HostRoutes() {}

    /** Ask the machine; empty if no program can be run there. */
    public static List<HostRoute> at(String uri) {
        try {
            return LibvirtMachine.of(uri)
                    .command(COMMAND)
                    .map(command ->
                            of(Program.of(command.toArray(String[]::new)).run()))
                    .orElse(List.of());
        } catch (LabException ended) {
            return List.of();
        }
    }

    static List<HostRoute> of(ProcessResult outcome) {
        return outcome instanceof ProcessResult.Ended ended && ended.succeeded()
                ? ROUTE.matcher(ended.output())
                        .results()
                        .map(found -> new HostRoute(
                                found.group(1),
                                found.group(2) == null ? 32 : Integer.parseInt(found.group(2)),
                                found.group(3)))
                        .toList()
                : List.of();
    }
}
