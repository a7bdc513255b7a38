/** What a playbook may say, as values: checked, explained and exported. */
@NullMarked
package dev.paddock.api.schema;

import org.jspecify.annotations.NullMarked;
