package dev.paddock.api.host;

/**
 * What answered on a connection.
 *
 * @param version libvirt's version on the host, for example 9.0.0
 */
public record HostInfo(String uri, String hypervisor, Version version) {
    /** A version of three numbers. */
    public record Version(int major, int minor, int release) implements Comparable<Version> {
        /** Parse libvirt's own form, major * 1,000,000 + minor * 1,000 + release. */
        public static Version of(long number) {
            return new Version((int) (number / 1_000_000), (int) (number / 1_000 % 1_000), (int) (number % 1_000));
        }

        @Override
        public int compareTo(Version other) {
            return java.util.Comparator.comparingInt(Version::major)
                    .thenComparingInt(Version::minor)
                    .thenComparingInt(Version::release)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + release;
        }
    }
}
