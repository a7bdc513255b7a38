package dev.paddock.api.host;

import java.util.function.Consumer;

/** Is told how an action that takes long goes on, now and then, from the thread that carries it out. */
@FunctionalInterface
public interface ProgressListener {
    /** Tells nobody. */
    ProgressListener SILENT = (what, done, of) -> {};

    /** Return one that is told sentences alone. */
    static ProgressListener inSentences(Consumer<String> reader) {
        return new ProgressListener() {
            @Override
            public void at(String what, long done, long of) {}

            @Override
            public void told(String sentence) {
                reader.accept(sentence);
            }
        };
    }

    /**
     * Tell.
     *
     * @param what is being done, for people: {@code uploading}
     * @param done how many bytes of it are done
     * @param of how many there are, 0 where that is not known
     */
    void at(String what, long done, long of);

    /** Tell in a sentence for people what was done beside what was asked, or that it takes longer. */
    default void told(String sentence) {}

    /** Return whether nobody waits any more for what can be left as it is. */
    default boolean hasLeft() {
        return false;
    }
}
