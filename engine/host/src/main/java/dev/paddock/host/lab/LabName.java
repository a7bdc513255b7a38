package dev.paddock.host.lab;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import java.util.regex.Pattern;

/** The name of a lab: at most 32 lower-case letters, digits and dashes. */
public record LabName(String text) implements Comparable<LabName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** The lab that is used if none is named. */
    public static final LabName DEFAULT = new LabName("default");

    public LabName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("[%s] is no name for a lab".formatted(text));
        }
    }

    static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /** Parse a name given by a user. */
    public static LabName parse(String text) throws LabException {
        if (!isValid(text)) {
            throw new LabException(Diagnostic.error(
                    Code.BAD_OPTION,
                    "\"%s\" is no name for a lab. A name becomes part of a path, and of a socket's short address."
                            .formatted(text),
                    "Use up to 32 lower-case letters, digits and dashes, and start with a letter or a digit."));
        }
        return new LabName(text);
    }

    @Override
    public int compareTo(LabName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
