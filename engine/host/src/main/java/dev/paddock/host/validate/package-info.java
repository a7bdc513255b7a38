/** libvirt's own schemas, which say whether it would take a document. */
@NullMarked
package dev.paddock.host.validate;

import org.jspecify.annotations.NullMarked;
