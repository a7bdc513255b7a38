package dev.paddock.cli.vm;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.GuestStatus;
import dev.paddock.api.host.HostConnector;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.host.lab.LabException;
import dev.paddock.host.machine.LibvirtMachine;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code paddock vm ssh}: finds the address of a VM, and runs ssh in place of this program. */
final class VmShell {
    static final String USER = "--user";
    static final String IDENTITY = "--identity";

    private VmShell() {}

    static int run(Invocation invocation, HostConnector hosts, String uri, String name) throws CommandException {
        GuestStatus status;
        List<VmAddress> addresses;
        try (var host = hosts.guests(uri)) {
            status = VmLookup.one(host, name);
            addresses = VmAddress.of(host.addresses(name));
        }
        if (addresses.isEmpty()) {
            throw CommandException.failure(Diagnostic.error(
                    Code.NOT_READY,
                    "No address of the guest '" + name + "' is known; it is "
                            + status.state().label()
                            + ". The host's DHCP server, the agent in the guest and the host's ARP table were asked.",
                    status.state().isActive()
                            ? "It may still be booting: paddock vm log " + name + " tells. Or use paddock vm console."
                            : "Start it with paddock vm start " + name + "."));
        }
        var command = command(invocation, LibvirtMachine.of(uri), status, addresses.getFirst());
        return invocation.givingWay(() -> {
            try {
                return new Program(command, Map.of(), Duration.ZERO).runInPlace();
            } catch (IOException missing) {
                throw CommandException.failure(Diagnostic.error(
                        Code.PACKAGE_MISSING,
                        "ssh cannot be run: " + missing.getMessage(),
                        "Install the package openssh-client."));
            }
        });
    }

    /**
     * Return the command line of ssh. Addresses of VMs are reused, so ssh identifies the host key by the VM's UUID and
     * never compares it with the key of another VM. The first key of a VM cannot be verified, so ssh accepts it without
     * a question, which scripts could not answer; a different key later is rejected.
     */
    static List<String> command(Invocation invocation, LibvirtMachine machine, GuestStatus guest, VmAddress address)
            throws CommandException {
        List<String> ssh = new ArrayList<>(List.of("ssh"));
        for (var option :
                List.of("HostKeyAlias=" + guest.uuid(), "CheckHostIP=no", "StrictHostKeyChecking=accept-new")) {
            ssh.addAll(List.of("-o", option));
        }
        for (var given : List.of(new Given("-l", USER), new Given("-i", IDENTITY))) {
            invocation.value(given.option()).ifPresent(value -> ssh.addAll(List.of(given.ofSsh(), value)));
        }
        var end = Stream.concat(Stream.of("--", address.address()), invocation.command().stream())
                .toList();
        switch (machine) {
            case LibvirtMachine.Here here -> {}
            case LibvirtMachine.InLab lab -> {}
            case LibvirtMachine.BySsh far -> ssh.addAll(jump(far));
            case LibvirtMachine.OutOfReach outOfReach -> {}
        }
        ssh.addAll(end);
        if (machine instanceof LibvirtMachine.InLab(var lab)) {
            try {
                return lab.command(ssh);
            } catch (LabException failure) {
                throw CommandException.of(failure);
            }
        }
        return ssh;
    }

    private record Given(String ofSsh, String option) {}

    /** Only the host knows the networks of its VMs, so ssh goes through the host, as libvirt's connection does. */
    private static List<String> jump(LibvirtMachine.BySsh far) {
        var words = Stream.of(
                        Stream.of("ssh"), far.options().stream(), Stream.of("-W", "[%h]:%p", "--", far.destination()))
                .flatMap(part -> part)
                .toList();
        return List.of("-o", "ProxyCommand=" + LibvirtMachine.quoted(words));
    }
}
