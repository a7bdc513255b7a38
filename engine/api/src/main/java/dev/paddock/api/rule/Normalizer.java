package dev.paddock.api.rule;

/**
 * Converts a leaf to a canonical form, so that equal values are equal texts.
 *
 * <p>Never throws. A text that it cannot parse is returned unchanged, and so has to match literally.
 */
@FunctionalInterface
public interface Normalizer {
    /** Compares texts literally. */
    Normalizer TEXT = text -> text;

    String apply(String text);

    default Normalizer then(Normalizer next) {
        return text -> next.apply(apply(text));
    }
}
