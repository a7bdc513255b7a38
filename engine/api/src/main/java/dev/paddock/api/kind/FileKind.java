package dev.paddock.api.kind;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind that reads or provides files.
 *
 * <p>A {@link Kind} implements it where a default does not fit; {@link #of} gives the defaults of any other.
 */
public interface FileKind {
    /** Return the ability of a kind, or the defaults where it does not have it. */
    static FileKind of(Kind kind) {
        return kind instanceof FileKind able ? able : new FileKind() {};
    }

    /**
     * Return the key that names a file of this computer, of which the content matters: its path is made absolute, and its
     * SHA-256 is added to what the resource says as {@code sha256}.
     */
    default Optional<String> localFile() {
        return Optional.empty();
    }

    /**
     * Return the path of the file that the object is, where it is one.
     *
     * @param declared the documents of other resources
     */
    default Optional<String> file(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return Optional.empty();
    }

    /** Return the paths of the files that the object is, where it is any. */
    default List<String> provides(ResourceId id, Element document, Function<ResourceId, Optional<Element>> declared) {
        return file(id, document, declared).stream().toList();
    }

    /** Return the paths of files that have to be there before an object of this document; of which some are resources. */
    default List<String> files(Element document) {
        return List.of();
    }
}
