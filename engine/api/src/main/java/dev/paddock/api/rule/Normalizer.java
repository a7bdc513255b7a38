package dev.paddock.api.rule;

/**
 * Brings a leaf into the one form in which equal values are equal texts.
 *
 * <p>Never throws: a text it does not understand is returned as it is, as it then has to be equal to the letter.
 */
@FunctionalInterface
public interface Normalizer {
    /** Texts compare to the letter. */
    Normalizer TEXT = text -> text;

    String apply(String text);

    default Normalizer then(Normalizer next) {
        return text -> next.apply(apply(text));
    }
}
