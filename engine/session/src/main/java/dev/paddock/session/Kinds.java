package dev.paddock.session;

import dev.paddock.api.kind.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Returns the kinds that the program is packaged with. */
public final class Kinds {
    private Kinds() {}

    public static List<Kind> all() {
        return ServiceLoader.load(Kind.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Kind::name))
                .toList();
    }
}
