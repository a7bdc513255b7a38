/** Resources: their identity, references and desired state. */
@NullMarked
package dev.paddock.api.resource;

import org.jspecify.annotations.NullMarked;
