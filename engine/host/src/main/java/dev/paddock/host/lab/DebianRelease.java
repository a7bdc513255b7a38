package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.regex.Pattern;

/**
 * A Debian release whose libvirt a lab runs.
 *
 * @param codename such as {@code trixie}
 * @param backports whether libvirt and QEMU come from the release's backports, if available there
 */
public record DebianRelease(String codename, boolean backports) {
    private static final Pattern CODENAME = Pattern.compile("[a-z][a-z0-9]{1,30}");
    private static final String BACKPORTS = "-backports";

    public DebianRelease {
        if (!CODENAME.matcher(codename).matches()) {
            throw new IllegalArgumentException("[%s] is no codename".formatted(codename));
        }
    }

    /** Parse a codename with or without {@code -backports}, as in apt's suite names. */
    public static DebianRelease parse(String text) throws LabException {
        var backports = text.endsWith(BACKPORTS);
        var codename = backports ? text.substring(0, text.length() - BACKPORTS.length()) : text;
        if (!CODENAME.matcher(codename).matches()) {
            throw new LabException(Diagnostic.error(
                    Code.BAD_OPTION,
                    "\"%s\" is not the codename of a Debian release.".formatted(text),
                    "Write bookworm, trixie, forky or another codename, in lower case."));
        }
        return new DebianRelease(codename, backports);
    }

    public DebianRelease withBackports() {
        return new DebianRelease(codename, true);
    }

    /** Return the suite that provides its newest libvirt, which identifies it: {@code trixie-backports}. */
    public String suite() {
        return backports ? codename + BACKPORTS : codename;
    }

    @Override
    public String toString() {
        return suite();
    }
}
