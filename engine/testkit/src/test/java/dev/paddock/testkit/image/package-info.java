@NullMarked
package dev.paddock.testkit.image;

import org.jspecify.annotations.NullMarked;
