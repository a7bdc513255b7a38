package dev.paddock.api.kind;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind that reads or provides files.
 *
 * <p>A {@link Kind} implements it only where the defaults do not fit; {@link #of} returns the defaults for all others.
 */
public interface FileKind {
    /** Return the kind's own implementation, or the defaults. */
    static FileKind of(Kind kind) {
        return kind instanceof FileKind able ? able : new FileKind() {};
    }

    /**
     * Return the key that names a file on this computer whose content matters. The path is made absolute, and the
     * file's SHA-256 is added to the spec as {@code sha256}.
     */
    default Optional<String> localFile() {
        return Optional.empty();
    }

    /**
     * Return the path of the file that the object consists of, if any.
     *
     * @param declared the documents of other resources
     */
    default Optional<String> file(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return Optional.empty();
    }

    /** Return the paths of the files that the object consists of. */
    default List<String> provides(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return file(id, document, declared).stream().toList();
    }

    /**
     * Return the paths of files that must exist before an object with this document; resources may provide some of
     * them.
     */
    default List<String> files(Element document) {
        return List.of();
    }
}
