package dev.paddock.core.expression;

/** Escapes texts so that a playbook yields them unchanged. */
public final class Literal {
    private Literal() {}

    /** Return the text with each start of an expression replaced by an expression that yields it. */
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
