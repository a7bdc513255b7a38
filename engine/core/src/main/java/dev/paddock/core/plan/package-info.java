/** Plans the changes of hosts; writes nothing. */
@NullMarked
package dev.paddock.core.plan;

import org.jspecify.annotations.NullMarked;
