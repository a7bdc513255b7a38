/**
 * Playbooks bound: variables and expressions resolved, every resource checked against the schema of its kind and
 * rendered. All mistakes are collected.
 */
@NullMarked
package dev.paddock.core.bind;

import org.jspecify.annotations.NullMarked;
