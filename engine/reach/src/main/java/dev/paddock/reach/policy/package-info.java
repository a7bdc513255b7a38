/** What the filters of declared or existing resources pass, compared with expectations. */
@NullMarked
package dev.paddock.reach.policy;

import org.jspecify.annotations.NullMarked;
