/** Planning and applying playbooks, as calls: what commands print, and any other program can use. */
@NullMarked
package dev.paddock.session;

import org.jspecify.annotations.NullMarked;
