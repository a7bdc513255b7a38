package dev.paddock.host.libvirt;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import java.util.function.BooleanSupplier;
import org.libvirt.LibvirtException;

/** Makes calls that somebody else may have made in the meantime. */
final class Attempts {
    private Attempts() {}

    /** A call of libvirt-java's that returns nothing. */
    interface Attempt {
        void make() throws LibvirtException;
    }

    static void make(WriteConnection connection, Attempt attempt) {
        connection.call(() -> {
            attempt.make();
            return true;
        });
    }

    /** Make a call; when it fails as somebody else was faster, all is well. */
    static void make(WriteConnection connection, Attempt attempt, BooleanSupplier done) {
        try {
            make(connection, attempt);
        } catch (HostException failure) {
            if (failure.failure() == Failure.LOST || !done.getAsBoolean()) {
                throw failure;
            }
        }
    }
}
