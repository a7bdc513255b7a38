/** Pools of guests, as their documents tell them: what a playbook declares, and whoever keeps the guests reads. */
@NullMarked
package dev.paddock.api.pool;

import org.jspecify.annotations.NullMarked;
