/** Errors in VMs that libvirt accepts, or refuses only when a VM starts. */
@NullMarked
package dev.paddock.vm.check;

import org.jspecify.annotations.NullMarked;
