/** Matches of filter rules against frames and packets, for each of the firewalls. */
@NullMarked
package dev.paddock.reach.match;

import org.jspecify.annotations.NullMarked;
