/** What every command shares: options, output, exit codes and diagnostics as text. */
@NullMarked
package dev.paddock.cli.console;

import org.jspecify.annotations.NullMarked;
