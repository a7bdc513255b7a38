/** XML documents as immutable values, read and written safely. */
@NullMarked
package dev.paddock.api.xml;

import org.jspecify.annotations.NullMarked;
