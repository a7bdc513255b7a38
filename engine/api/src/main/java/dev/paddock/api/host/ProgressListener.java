package dev.paddock.api.host;

import java.util.function.Consumer;

/** Receives the progress of a long action, on the thread that performs it. */
@FunctionalInterface
public interface ProgressListener {
    /** Ignores all progress. */
    ProgressListener SILENT = (what, done, of) -> {};

    /** Return a listener that receives only sentences. */
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
     * Report progress.
     *
     * @param what the current activity, such as {@code uploading}
     * @param done bytes done
     * @param of bytes in total; 0 if unknown
     */
    void at(String what, long done, long of);

    /** Report, in a sentence, a side effect or a delay. */
    default void told(String sentence) {}

    /** Return whether the caller no longer waits, so that optional work can be skipped. */
    default boolean hasLeft() {
        return false;
    }
}
