package dev.paddock.cli.poolclient;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Words as questions to the keeper take them. */
public final class PathEncoder {
    private PathEncoder() {}

    /** Return a name as a part of a path. */
    public static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
