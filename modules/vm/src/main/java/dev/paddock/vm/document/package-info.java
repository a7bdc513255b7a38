/** Parts of a domain's document that several packages need. */
@NullMarked
package dev.paddock.vm.document;

import org.jspecify.annotations.NullMarked;
