/** The schema of playbooks: checks, documentation and export. */
@NullMarked
package dev.paddock.api.schema;

import org.jspecify.annotations.NullMarked;
