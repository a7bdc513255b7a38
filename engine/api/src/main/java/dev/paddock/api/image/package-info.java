/** Images: the initial content of the disks of VMs. */
@NullMarked
package dev.paddock.api.image;

import org.jspecify.annotations.NullMarked;
