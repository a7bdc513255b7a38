package dev.paddock.core.expression;

import freemarker.core.Environment;
import freemarker.template.TemplateException;
import java.io.Writer;

/**
 * Follows the secrets through one evaluation: whether one was read, and whether what is written next is computed from one.
 *
 * <p>A secret that an interpolation reads taints what is written up to the next constant text. One that another directive
 * computes with may be in any variable afterwards, so it taints every later interpolation. Conditions taint nothing.
 */
final class SecretTrace {
    private boolean read;
    private boolean pending;
    private boolean lasting;

    /** Note that the current instruction of the template reads a secret. */
    void read() {
        read = true;
        var environment = Environment.getCurrentEnvironment();
        if (environment == null || lasting) {
            return;
        }
        var instruction = instruction(environment);
        if (instruction.startsWith("#if") || instruction.startsWith("#elseif") || instruction.startsWith("#else")) {
            return;
        }
        if (instruction.startsWith("${") && isOutput(environment.getOut())) {
            pending = true;
        } else {
            lasting = true;
        }
    }

    /** A writer of Freemarker's own captures a text for a variable. */
    private static boolean isOutput(Writer writer) {
        return writer instanceof BoundedWriter;
    }

    /** Freemarker tells the current instruction in its error messages only. */
    private static String instruction(Environment environment) {
        var stack = new TemplateException("", environment).getFTLInstructionStack();
        if (stack == null) {
            return "";
        }
        var start = stack.indexOf(": ");
        return start < 0 ? "" : stack.substring(start + 2).strip();
    }

    /** Note that constant text is written. */
    void constant() {
        pending = false;
    }

    /** Return whether what an interpolation writes now is computed from a secret. */
    boolean isTainted() {
        return pending || lasting;
    }

    /** Return whether a secret was read. */
    boolean hasRead() {
        return read;
    }
}
