/** Says in a playbook's words what a host has. */
@NullMarked
package dev.paddock.core.describe;

import org.jspecify.annotations.NullMarked;
