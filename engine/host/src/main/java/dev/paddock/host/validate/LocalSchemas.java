package dev.paddock.host.validate;

import dev.paddock.api.host.HostInfo.Version;
import dev.paddock.host.machine.LibvirtMachine;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the schemas of a version among the files that this program sees: those of this machine, of a lab, or of the
 * root of the process that listens at the socket.
 */
final class LocalSchemas {
    /** The sockets of this machine's daemons: the modular one for QEMU, and libvirtd. */
    private static final List<Path> SOCKETS = List.of(
            Path.of("/run/libvirt/virtqemud-sock"),
            Path.of("/run/libvirt/virtqemud-sock-ro"),
            Path.of("/run/libvirt/libvirt-sock"),
            Path.of("/run/libvirt/libvirt-sock-ro"));

    private static final Path OWN = Path.of("/");

    private LocalSchemas() {}

    static Optional<Path> find(LibvirtMachine machine, Version version, String uri) {
        var roots =
                switch (machine) {
                    // Finding the process of a socket connects to it, which libvirtd logs.
                    case LibvirtMachine.Here here -> Stream.concat(Stream.of(OWN), roots(uri));
                    case LibvirtMachine.InLab lab -> Stream.concat(lab.root().stream(), roots(uri));
                    case LibvirtMachine.BySsh far -> Stream.<Path>empty();
                    case LibvirtMachine.OutOfReach outOfReach -> Stream.of(OWN);
                };
        return roots.flatMap(root -> at(root, version).stream()).findFirst();
    }

    /** Return those of this machine, if they are of that version. */
    static Optional<Path> own(Version version) {
        return at(OWN, version);
    }

    private static Optional<Path> at(Path root, Version version) {
        return Optional.of(new LibvirtFiles(root))
                .filter(files -> Files.isDirectory(files.schemas()))
                .filter(files -> files.version().filter(version::equals).isPresent())
                .map(LibvirtFiles::schemas);
    }

    /** The roots of the processes that listen at the sockets of a URI; evaluated lazily. */
    private static Stream<Path> roots(String uri) {
        return sockets(uri).stream().filter(Files::exists).flatMap(socket -> SocketPeer.of(socket).stream()
                .mapToObj(pid -> Path.of("/proc", Integer.toString(pid), "root")));
    }

    private static List<Path> sockets(String uri) {
        return LibvirtMachine.parameter(URI.create(uri), "socket")
                .map(socket -> List.of(Path.of(socket)))
                .orElse(SOCKETS);
    }
}
