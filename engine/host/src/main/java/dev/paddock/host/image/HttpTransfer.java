package dev.paddock.host.image;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** A request for a file at a URL, after all redirects. Closing it aborts the transfer. */
final class HttpTransfer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_REDIRECTS = 10;
    private static final int TEMPORARY = 307;
    private static final int PERMANENT = 308;

    private final HttpURLConnection http;

    private HttpTransfer(HttpURLConnection http) {
        this.http = http;
    }

    /**
     * Request a file from an offset on.
     *
     * @throws IOException if the server cannot be reached, or redirects from https to http
     */
    static HttpTransfer open(URI url, long from) throws IOException {
        var at = url;
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var http = request(url, at, from);
            var isKept = false;
            try {
                var location = location(http);
                if (location.isEmpty()) {
                    isKept = true;
                    return new HttpTransfer(http);
                }
                at = next(url, at, location.get());
            } finally {
                if (!isKept) {
                    http.disconnect();
                }
            }
        }
        throw new IOException("it redirects more than " + MOST_REDIRECTS + " times");
    }

    private static HttpURLConnection request(URI asked, URI url, long from) throws IOException {
        if (!(url.toURL().openConnection() instanceof HttpURLConnection http)) {
            throw new IOException("only http and https are spoken");
        }
        http.setInstanceFollowRedirects(false);
        http.setConnectTimeout((int) PATIENCE.toMillis());
        http.setReadTimeout((int) PATIENCE.toMillis());
        http.setUseCaches(false);
        http.setRequestProperty("User-Agent", "paddock");
        // The checksum is that of the file, not of a compressed transfer.
        http.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            http.setRequestProperty("Range", "bytes=" + from + "-");
        }
        // The target of a redirect must not receive the password.
        if (asked.getUserInfo() != null && asked.getHost().equalsIgnoreCase(url.getHost())) {
            var credentials =
                    Base64.getEncoder().encodeToString(asked.getUserInfo().getBytes(StandardCharsets.UTF_8));
            http.setRequestProperty("Authorization", "Basic " + credentials);
        }
        return http;
    }

    private static Optional<String> location(HttpURLConnection http) throws IOException {
        return switch (http.getResponseCode()) {
            case HttpURLConnection.HTTP_MOVED_PERM,
                    HttpURLConnection.HTTP_MOVED_TEMP,
                    HttpURLConnection.HTTP_SEE_OTHER,
                    TEMPORARY,
                    PERMANENT -> Optional.ofNullable(http.getHeaderField("Location"));
            default -> Optional.empty();
        };
    }

    static URI next(URI asked, URI at, String location) throws IOException {
        URI next;
        try {
            next = at.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("it redirects to what is no URL", malformed);
        }
        if (asked.getScheme().equalsIgnoreCase("https") && !"https".equalsIgnoreCase(next.getScheme())) {
            throw new IOException("it redirects from https to " + next.getScheme() + ", which anybody could change");
        }
        return next;
    }

    int status() throws IOException {
        return http.getResponseCode();
    }

    /** Return the server's message for the status. */
    String phrase() throws IOException {
        var words = Optional.ofNullable(http.getResponseMessage()).orElse("");
        return (status() + " " + words).strip();
    }

    /** Return the length of the response, or -1 if the server does not report it. */
    long length() {
        return http.getContentLengthLong();
    }

    java.io.InputStream content() throws IOException {
        return http.getInputStream();
    }

    @Override
    public void close() {
        http.disconnect();
    }
}
