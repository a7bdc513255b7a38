/** The files that playbooks are read from, and the errors found in them. */
@NullMarked
package dev.paddock.core.source;

import org.jspecify.annotations.NullMarked;
