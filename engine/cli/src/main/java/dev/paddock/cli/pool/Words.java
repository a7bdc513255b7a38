package dev.paddock.cli.pool;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Words as questions to the keeper take them. */
final class Words {
    private Words() {}

    /** Return a name as a part of a path. */
    static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
