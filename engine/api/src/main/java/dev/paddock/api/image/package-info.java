/** Images: what the disks of guests start from. */
@NullMarked
package dev.paddock.api.image;

import org.jspecify.annotations.NullMarked;
