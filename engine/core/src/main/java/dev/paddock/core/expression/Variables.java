package dev.paddock.core.expression;

import dev.paddock.core.load.YamlNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that an expression can use. */
public interface Variables {
    /** Return the value of a variable; null if there is none of that name. */
    @Nullable
    YamlNode get(String name);

    Set<String> names();
}
