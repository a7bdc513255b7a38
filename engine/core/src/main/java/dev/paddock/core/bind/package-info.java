/**
 * Binds playbooks: resolves variables and expressions, validates every resource against the schema of its kind and renders
 * its document. Collects all errors.
 */
@NullMarked
package dev.paddock.core.bind;

import org.jspecify.annotations.NullMarked;
