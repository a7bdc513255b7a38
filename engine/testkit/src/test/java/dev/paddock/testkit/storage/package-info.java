/** Storage pools and volumes, from a playbook to a real libvirtd and back. */
@NullMarked
package dev.paddock.testkit.storage;

import org.jspecify.annotations.NullMarked;
