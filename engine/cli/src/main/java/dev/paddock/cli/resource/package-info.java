/** The commands that declare, compare and change resources. */
@NullMarked
package dev.paddock.cli.resource;

import org.jspecify.annotations.NullMarked;
