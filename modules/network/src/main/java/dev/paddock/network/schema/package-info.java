/** The fields of a network in a playbook, and the checks beyond their types. */
@NullMarked
package dev.paddock.network.schema;

import org.jspecify.annotations.NullMarked;
