/** Pools of VMs, as stored in their documents: declared by playbooks, read by the pool server. */
@NullMarked
package dev.paddock.api.pool;

import org.jspecify.annotations.NullMarked;
