/** Warm pools of VMs, as playbooks declare them. */
@NullMarked
package dev.paddock.vm.pool;

import org.jspecify.annotations.NullMarked;
