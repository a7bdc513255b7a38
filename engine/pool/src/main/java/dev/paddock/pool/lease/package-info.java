/** Who has which guest, and until when: kept so that no crash loses it. */
@NullMarked
package dev.paddock.pool.lease;

import org.jspecify.annotations.NullMarked;
