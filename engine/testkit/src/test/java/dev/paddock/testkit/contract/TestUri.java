package dev.paddock.testkit.contract;

/** The libvirtd that tests may do with as they like. */
final class TestUri {
    static final String MISSING = "No libvirtd to test on: set PADDOCK_TEST_URI to the URI of one that can be spoiled,"
            + " such as that of a lab (./paddock lab status).";

    private TestUri() {}

    /** Return the URI, empty when none is given. */
    static String get() {
        return System.getProperty("paddock.test.uri", System.getenv().getOrDefault("PADDOCK_TEST_URI", ""));
    }
}
