/** The resources that playbooks declare, bound, with their identity. */
@NullMarked
package dev.paddock.core.resource;

import org.jspecify.annotations.NullMarked;
