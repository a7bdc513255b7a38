/** Domains: read, define, start, stop and change them. */
@NullMarked
package dev.paddock.host.libvirt.domain;

import org.jspecify.annotations.NullMarked;
