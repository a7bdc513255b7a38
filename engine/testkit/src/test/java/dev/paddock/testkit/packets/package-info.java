@NullMarked
package dev.paddock.testkit.packets;

import org.jspecify.annotations.NullMarked;
