/** {@code paddock reach}: shows, explains and tests what VMs can reach. */
@NullMarked
package dev.paddock.cli.reach;

import org.jspecify.annotations.NullMarked;
