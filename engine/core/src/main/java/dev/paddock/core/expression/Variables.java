package dev.paddock.core.expression;

import dev.paddock.core.load.YamlNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an expression can see. */
public interface Variables {
    /** Return the value of a variable, null when there is none of that name. */
    @Nullable
    YamlNode get(String name);

    Set<String> names();
}
