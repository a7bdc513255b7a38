/** Expressions in playbooks, evaluated by a sandboxed FreeMarker. */
@NullMarked
package dev.paddock.core.expression;

import org.jspecify.annotations.NullMarked;
