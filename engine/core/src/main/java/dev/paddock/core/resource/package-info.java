/** Resources as a playbook declares them, bound and with their identity. */
@NullMarked
package dev.paddock.core.resource;

import org.jspecify.annotations.NullMarked;
