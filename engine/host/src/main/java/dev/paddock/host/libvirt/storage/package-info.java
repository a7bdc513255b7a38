/** Storage pools, volumes and images. */
@NullMarked
package dev.paddock.host.libvirt.storage;

import org.jspecify.annotations.NullMarked;
