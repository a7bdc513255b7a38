/** What a kind of resource brings: schema, template, rules, references, steps. */
@NullMarked
package dev.paddock.api.kind;

import org.jspecify.annotations.NullMarked;
