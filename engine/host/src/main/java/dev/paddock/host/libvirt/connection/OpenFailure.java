package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** Explains why a connection cannot be opened. */
public final class OpenFailure {
    /** How long a libvirt may take to answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private OpenFailure() {}

    /** Return the failure to connect. A timeout is reported as unreachable. */
    public static HostException of(String uri, HostException failure) {
        var what = failure.failure() == Failure.LOST ? Failure.UNREACHABLE : failure.failure();
        var reported = new HostException(
                what, failure.code(), failure.domain(), "No connection to " + uri + ": " + failure.reason());
        var advice = failure.advice().or(() -> isRemote(uri) ? Optional.of(remoteAdvice(uri)) : Optional.empty());
        return advice.map(reported::withAdvice).orElse(reported);
    }

    private static boolean isRemote(String uri) {
        try {
            return new URI(uri).getHost() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static String remoteAdvice(String uri) {
        return "Correct the URI, or what keeps `virsh -c '" + uri + "' version` from answering.";
    }
}
