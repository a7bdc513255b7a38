package dev.paddock.cli.poolclient;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Encodes names for the paths of requests to the pool server. */
public final class PathEncoder {
    private PathEncoder() {}

    /** Return a name as a segment of a path. */
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
