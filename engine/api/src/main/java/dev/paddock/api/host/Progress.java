package dev.paddock.api.host;

/** Is told how an action that takes long goes on, now and then, from the thread that carries it out. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (what, done, of) -> {};

    /**
     * Tell.
     *
     * @param what is being done, for people: {@code uploading}
     * @param done how many bytes of it are done
     * @param of how many there are, 0 where that is not known
     */
    void at(String what, long done, long of);
}
