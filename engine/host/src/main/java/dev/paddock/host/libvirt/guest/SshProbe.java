package dev.paddock.host.libvirt.guest;

import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.Program;
import java.time.Duration;
import java.util.List;

/**
 * Checks whether an ssh server answers, from the machine that runs the VM, because others may not reach its networks.
 */
final class SshProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A server identifies itself first. The shell is bash, which supports sockets. */
    private static final String SCRIPT =
            "exec 3<>\"/dev/tcp/$1/22\" && IFS= read -r -t 5 line <&3 && case $line in SSH-*) ;; *) exit 1 ;; esac";

    private SshProbe() {}

    static boolean answers(LibvirtMachine machine, String address) {
        var program = List.of("bash", "-c", SCRIPT, "bash", address);
        try {
            var command = machine.command(program).orElse(program);
            return Program.of(command.toArray(String[]::new))
                    .withLimit(PATIENCE)
                    .run()
                    .isSuccess();
        } catch (LabException gone) {
            return false;
        }
    }
}
