/** In which order the hosts of a run are changed, and when the run ends early. */
@NullMarked
package dev.paddock.core.rollout;

import org.jspecify.annotations.NullMarked;
