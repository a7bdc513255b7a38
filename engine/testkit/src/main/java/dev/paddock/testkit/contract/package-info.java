/** What every host has to keep, whatever is behind it. */
@NullMarked
package dev.paddock.testkit.contract;

import org.jspecify.annotations.NullMarked;
