/** What runs in a domain: its console, its agents and their channels, and whether it is ready. */
@NullMarked
package dev.paddock.host.libvirt.guest;

import org.jspecify.annotations.NullMarked;
