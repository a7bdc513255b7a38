/** Evaluates the expressions of playbooks with a sandboxed Freemarker. */
@NullMarked
package dev.paddock.core.expression;

import org.jspecify.annotations.NullMarked;
