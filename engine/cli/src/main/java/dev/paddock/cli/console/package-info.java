/** The common parts of all commands: options, output, exit codes and the text of diagnostics. */
@NullMarked
package dev.paddock.cli.console;

import org.jspecify.annotations.NullMarked;
