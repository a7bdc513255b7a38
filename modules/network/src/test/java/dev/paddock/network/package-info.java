/** Tests of networks. */
@NullMarked
package dev.paddock.network;

import org.jspecify.annotations.NullMarked;
