/** What the filters of declared or existing resources let pass, held against expectations. */
@NullMarked
package dev.paddock.reach.policy;

import org.jspecify.annotations.NullMarked;
