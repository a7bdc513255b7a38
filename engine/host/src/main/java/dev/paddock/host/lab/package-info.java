/** Labs: private, disposable libvirt daemons in their own namespaces. */
@NullMarked
package dev.paddock.host.lab;

import org.jspecify.annotations.NullMarked;
