/** The schema of playbooks as JSON Schema, for editors. */
@NullMarked
package dev.paddock.core.jsonschema;

import org.jspecify.annotations.NullMarked;
