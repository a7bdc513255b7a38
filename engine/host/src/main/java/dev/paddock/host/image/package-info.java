/** Images: builds, downloads, and the files of them that this computer keeps. */
@NullMarked
package dev.paddock.host.image;

import org.jspecify.annotations.NullMarked;
