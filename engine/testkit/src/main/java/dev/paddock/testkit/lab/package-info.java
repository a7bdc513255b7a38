/** Real libvirt for tests: one private lab for all that a test process runs. */
@NullMarked
package dev.paddock.testkit.lab;

import org.jspecify.annotations.NullMarked;
