package dev.paddock.core.expression;

/** A text as it has to stand in a playbook to come out as it is. */
public final class Literal {
    private Literal() {}

    /** Return the text with what would start an expression written as an expression that yields it. */
    public static String of(String text) {
        var written = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                written.append("${r\"${\"}");
                i++;
            } else if (text.startsWith("<#", i)) {
                written.append("${\"<#\"}");
                i++;
            } else {
                written.append(text.charAt(i));
            }
        }
        return written.toString();
    }
}
