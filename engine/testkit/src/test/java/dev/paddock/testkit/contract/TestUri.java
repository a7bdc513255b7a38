package dev.paddock.testkit.contract;

import dev.paddock.testkit.lab.Labs;

/** The libvirtd that tests may do with as they like. */
final class TestUri {
    private TestUri() {}

    /** Return the URI that was given with -Dpaddock.test.uri or PADDOCK_TEST_URI, or else that of a lab. */
    static String get() {
        var given = System.getProperty("paddock.test.uri", System.getenv().getOrDefault("PADDOCK_TEST_URI", ""));
        return given.isEmpty() ? Labs.uri("contract") : given;
    }
}
