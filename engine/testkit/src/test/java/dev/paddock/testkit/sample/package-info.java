/** A kind that no module knows: a libvirt secret, as a contributor would add it. */
@NullMarked
package dev.paddock.testkit.sample;

import org.jspecify.annotations.NullMarked;
