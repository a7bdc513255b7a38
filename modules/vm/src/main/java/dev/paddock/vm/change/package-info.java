/** The steps that change a VM, running or not, and their costs. */
@NullMarked
package dev.paddock.vm.change;

import org.jspecify.annotations.NullMarked;
