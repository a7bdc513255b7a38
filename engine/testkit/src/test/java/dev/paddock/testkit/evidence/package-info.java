/** Holds the engine against a real libvirt, and prints what came of it as tables. */
@NullMarked
package dev.paddock.testkit.evidence;

import org.jspecify.annotations.NullMarked;
