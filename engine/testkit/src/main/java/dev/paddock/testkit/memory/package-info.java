/** A host in memory that does what libvirt does, and hosts that fail on demand. */
@NullMarked
package dev.paddock.testkit.memory;

import org.jspecify.annotations.NullMarked;
