package dev.paddock.host.machine;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostInfo.Version;
import java.util.Optional;

/** The versions of libvirt that this program is tested with. They only decide about a warning. */
public final class TestedLibvirt {
    private static final Version OLDEST = new Version(9, 0, 0);
    private static final Version NEWEST = new Version(12, 9, 0);

    /** The version of a host without libvirt, or one that does not report a version. */
    private static final Version NONE = new Version(0, 0, 0);

    private TestedLibvirt() {}

    /** Return the warning for a host's version, if any. */
    public static Optional<Diagnostic> warning(HostInfo info) {
        return isTested(info.version())
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        Code.UNTESTED_LIBVIRT,
                        "%s is libvirt %s. Paddock is tested with %d.%d to %d.%d."
                                .formatted(
                                        info.uri(),
                                        info.version(),
                                        OLDEST.major(),
                                        OLDEST.minor(),
                                        NEWEST.major(),
                                        NEWEST.minor()),
                        "Go on with care: look at the plan after each apply, which has to be empty. What this libvirt "
                                + "lacks is reported when it is needed."));
    }

    private static boolean isTested(Version version) {
        var ofMinor = new Version(version.major(), version.minor(), 0);
        return version.equals(NONE) || (ofMinor.compareTo(OLDEST) >= 0 && ofMinor.compareTo(NEWEST) <= 0);
    }
}
