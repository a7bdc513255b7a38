/** The command {@code paddock}: parses the command line, runs one command, prints, and ends with an exit code. */
@NullMarked
package dev.paddock.cli;

import org.jspecify.annotations.NullMarked;
