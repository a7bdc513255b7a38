/** What runs in a VM: its console, its agents and their channels, and its readiness. */
@NullMarked
package dev.paddock.host.libvirt.guest;

import org.jspecify.annotations.NullMarked;
