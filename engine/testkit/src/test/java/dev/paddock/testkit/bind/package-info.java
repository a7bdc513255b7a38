/** Playbooks that are bound, and asked what came of them. */
@NullMarked
package dev.paddock.testkit.bind;

import org.jspecify.annotations.NullMarked;
