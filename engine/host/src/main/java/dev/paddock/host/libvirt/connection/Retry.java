package dev.paddock.host.libvirt.connection;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.process.PollInterval;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.libvirt.LibvirtException;

/** Retries calls that can fail because of concurrent clients. */
public final class Retry {
    private static final int TRIES = 10;
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private Retry() {}

    /** A call of libvirt-java without a result. */
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
     * Make a call in which libvirtd validates a document. libxml2 initializes the types of schemas without a lock, so
     * the first concurrent calls to a libvirtd can see only some of the types (xmlSchemaInitTypes in xmlschemastypes.c,
     * seen with 2.9.14).
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

    /** Make a call. A failure is ignored if another client has done the same first. */
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
