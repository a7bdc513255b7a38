/** libvirt's own schemas, which decide whether it accepts a document. */
@NullMarked
package dev.paddock.host.validate;

import org.jspecify.annotations.NullMarked;
