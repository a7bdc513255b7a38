/** What a guest can reach, and who can reach it: filters, networks and the ways of packets between them. */
@NullMarked
package dev.paddock.reach.matrix;

import org.jspecify.annotations.NullMarked;
