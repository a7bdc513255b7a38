package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.regex.Pattern;

/**
 * A release of Debian whose libvirt a lab runs.
 *
 * @param codename such as {@code trixie}
 * @param backports whether libvirt and QEMU come from the backports of the release, where those have them
 */
public record DebianRelease(String codename, boolean backports) {
    private static final Pattern CODENAME = Pattern.compile("[a-z][a-z0-9]{1,30}");
    private static final String BACKPORTS = "-backports";

    public DebianRelease {
        if (!CODENAME.matcher(codename).matches()) {
            throw new IllegalArgumentException("[%s] is no codename".formatted(codename));
        }
    }

    /** Read a codename, or a codename and {@code -backports}, as apt names the suite. */
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

    /** Return the suite that its newest libvirt comes from, by which it is known: {@code trixie-backports}. */
    public String suite() {
        return backports ? codename + BACKPORTS : codename;
    }

    @Override
    public String toString() {
        return suite();
    }
}
