@NullMarked
package dev.paddock.nwfilter;

import org.jspecify.annotations.NullMarked;
