/** Storage pools and volumes: schema, rules, steps and description of libvirt's {@code <pool>} and {@code <volume>}. */
@NullMarked
package dev.paddock.storage;

import org.jspecify.annotations.NullMarked;
