/** libvirt's C functions that libvirt-java lacks, and its errors. */
@NullMarked
package dev.paddock.host.libvirt.binding;

import org.jspecify.annotations.NullMarked;
