/** Networks as the fields of a playbook, for import. */
@NullMarked
package dev.paddock.network.describe;

import org.jspecify.annotations.NullMarked;
