/** Programs and processes of this machine: the only package that starts or ends any. */
@NullMarked
package dev.paddock.host.process;

import org.jspecify.annotations.NullMarked;
