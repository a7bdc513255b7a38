/** The fields of a VM in a playbook, and what they expand to. */
@NullMarked
package dev.paddock.vm.playbook;

import org.jspecify.annotations.NullMarked;
