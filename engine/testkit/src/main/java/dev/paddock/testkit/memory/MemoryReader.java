package dev.paddock.testkit.memory;

import dev.paddock.api.host.Observed;
import java.util.Map;

/** Reads the objects of one kind on a host in memory. Called under the host's lock. */
@FunctionalInterface
public interface MemoryReader {
    /** Return all objects, by name. */
    Map<String, Observed> observed();
}
