/** What a VM can reach, and what can reach the VM: filters, networks and the paths of packets. */
@NullMarked
package dev.paddock.reach.matrix;

import org.jspecify.annotations.NullMarked;
