@NullMarked
package dev.paddock.nwfilter.reach;

import org.jspecify.annotations.NullMarked;
