/** A filter's document: its rules, its references, and the form in which filters are compared. */
@NullMarked
package dev.paddock.nwfilter.document;

import org.jspecify.annotations.NullMarked;
