/** What the pool server reports, and when: its clocks, its latest events, and the log. */
@NullMarked
package dev.paddock.pool.event;

import org.jspecify.annotations.NullMarked;
