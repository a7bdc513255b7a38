@NullMarked
package dev.paddock.nwfilter.firewall;

import org.jspecify.annotations.NullMarked;
