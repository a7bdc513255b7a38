/** Virtual networks: schema, rules, steps and description of libvirt's {@code <network>}. */
@NullMarked
package dev.paddock.network;

import org.jspecify.annotations.NullMarked;
