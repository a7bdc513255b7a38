/** Networks: read, define and update them, and reconnect the interfaces of VMs. */
@NullMarked
package dev.paddock.host.libvirt.network;

import org.jspecify.annotations.NullMarked;
