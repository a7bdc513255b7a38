/** Describes the objects of a host as a playbook. */
@NullMarked
package dev.paddock.core.describe;

import org.jspecify.annotations.NullMarked;
