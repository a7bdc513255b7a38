package dev.paddock.core.bind;

import dev.paddock.core.load.Node;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression can see. */
interface Variables {
    /** Return the value of a variable, null when there is none of that name. */
    @Nullable
    Node get(String name);

    Set<String> names();
}
