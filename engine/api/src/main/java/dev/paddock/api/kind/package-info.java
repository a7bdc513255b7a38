/** The kinds of resources: schema, template, rules, references, actions. */
@NullMarked
package dev.paddock.api.kind;

import org.jspecify.annotations.NullMarked;
