/** The form in which VMs are compared. */
@NullMarked
package dev.paddock.vm.compare;

import org.jspecify.annotations.NullMarked;
