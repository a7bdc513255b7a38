/** What a resource is called, what it needs, and what is asked of it. */
@NullMarked
package dev.paddock.api.resource;

import org.jspecify.annotations.NullMarked;
