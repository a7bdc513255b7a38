/** Commands on playbooks: the files, the hosts, and the resulting plan. */
@NullMarked
package dev.paddock.cli.playbook;

import org.jspecify.annotations.NullMarked;
