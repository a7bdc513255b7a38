package dev.paddock.host.lab;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a lab's libvirtd answers.
 *
 * @param socket the socket for reading and writing
 * @param readOnlySocket the socket on which every connection is read-only
 */
public record LabEndpoint(Path socket, Path readOnlySocket) {
    /**
     * Return the URI of a connection. It also works for read-only connections: libvirtd accepts a client's request for
     * fewer rights.
     */
    public String uri() {
        return uri(socket);
    }

    /** Return the URI at which libvirtd refuses every write, whatever the client asks for. */
    public String readOnlyUri() {
        return uri(readOnlySocket);
    }

    /** The remote driver uses the path of {@code socket=} literally (libvirt's "Connection URIs", remote URIs). */
    private static String uri(Path socket) {
        return "qemu:///system?socket=" + encoded(socket.toString());
    }

    private static String encoded(String path) {
        var out = new StringBuilder();
        for (var octet : path.getBytes(StandardCharsets.UTF_8)) {
            var letter = (char) (octet & 0xff);
            if (letter < 0x80 && (Character.isLetterOrDigit(letter) || "/-_.~".indexOf(letter) >= 0)) {
                out.append(letter);
            } else {
                out.append("%%%02X".formatted((int) letter));
            }
        }
        return out.toString();
    }
}
