/** A host that fails while it is written to. */
@NullMarked
package dev.paddock.testkit.fault;

import org.jspecify.annotations.NullMarked;
