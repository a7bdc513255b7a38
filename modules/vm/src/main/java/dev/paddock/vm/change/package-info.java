/** The steps that change a VM, running or not, and what they interrupt. */
@NullMarked
package dev.paddock.vm.change;

import org.jspecify.annotations.NullMarked;
