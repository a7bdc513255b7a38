package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.libvirt.LibvirtException;

/** Makes calls that may fail for what others do at the same time. */
public final class Retry {
    private static final int TRIES = 10;
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private Retry() {}

    /** A call of libvirt-java's that returns nothing. */
    public interface Attempt {
        void make() throws LibvirtException;
    }

    public static void make(WriteConnection connection, Attempt attempt) {
        connection.call(() -> {
            attempt.make();
            return true;
        });
    }

    /**
     * Make a call in which libvirtd checks a document. libxml2 sets up the types of schemas without a lock, so when the
     * first calls to a libvirtd come together, some of them find half of the types (xmlSchemaInitTypes in
     * xmlschemastypes.c, seen with 2.9.14).
     */
    public static void checking(Runnable call) {
        for (var tries = TRIES; ; tries--) {
            try {
                call.run();
                return;
            } catch (HostException refused) {
                var isUnread = refused.code() == LibvirtError.INTERNAL_ERROR
                        && String.valueOf(refused.getMessage()).contains("Unable to parse RNG");
                if (!isUnread || tries == 0 || !PollInterval.of(A_MOMENT)) {
                    throw refused;
                }
            }
        }
    }

    /** Make a call; when it fails as somebody else was faster, all is well. */
    public static void make(WriteConnection connection, Attempt attempt, BooleanSupplier done) {
        try {
            make(connection, attempt);
        } catch (HostException failure) {
            if (failure.failure() == Failure.LOST || !done.getAsBoolean()) {
                throw failure;
            }
        }
    }
}
