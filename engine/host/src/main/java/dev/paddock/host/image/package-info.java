/** Images: builds, downloads, and their cached files on this computer. */
@NullMarked
package dev.paddock.host.image;

import org.jspecify.annotations.NullMarked;
