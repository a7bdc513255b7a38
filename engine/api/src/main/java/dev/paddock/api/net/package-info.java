/** Network addresses as values: parsed once, compared as numbers, printed in one form. */
@NullMarked
package dev.paddock.api.net;

import org.jspecify.annotations.NullMarked;
