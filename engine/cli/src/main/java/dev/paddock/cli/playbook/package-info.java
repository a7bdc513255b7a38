/** Commands that work on playbooks: which files, which hosts, and the plan that follows. */
@NullMarked
package dev.paddock.cli.playbook;

import org.jspecify.annotations.NullMarked;
