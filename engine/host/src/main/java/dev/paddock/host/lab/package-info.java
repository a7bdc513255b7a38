/** Labs: private, throw-away libvirt daemons in namespaces of their own. */
@NullMarked
package dev.paddock.host.lab;

import org.jspecify.annotations.NullMarked;
