/** The rules by which VMs are compared. */
@NullMarked
package dev.paddock.vm.rule;

import org.jspecify.annotations.NullMarked;
