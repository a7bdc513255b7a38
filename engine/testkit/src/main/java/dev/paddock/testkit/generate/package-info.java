/** Documents and states to test with: made from libvirt's own schemas and from seeds, so that each can be made again. */
@NullMarked
package dev.paddock.testkit.generate;

import org.jspecify.annotations.NullMarked;
