package dev.paddock.testkit.memory;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;

/** libvirt's refusals, with its own codes and domains. */
enum Refusal {
    INTERNAL(1, Failure.REFUSED),
    NO_CALL(3, Failure.UNSUPPORTED),
    CONFLICT(9, Failure.REFUSED),
    INVALID(8, Failure.REFUSED),
    MALFORMED(27, Failure.REFUSED),
    SYSTEM(38, Failure.REFUSED),
    NO_DOMAIN(42, Failure.REFUSED),
    NO_NETWORK(43, Failure.REFUSED),
    NO_POOL(49, Failure.REFUSED),
    NO_VOLUME(50, Failure.REFUSED),
    WRONG_STATE(55, Failure.REFUSED),
    UNSUPPORTED_CONFIG(67, Failure.REFUSED),
    UNSUPPORTED(84, Failure.UNSUPPORTED),
    SCHEMA(92, Failure.REFUSED);

    static final int STORAGE = 18;
    static final int NETWORK = 19;
    static final int DOMAIN = 20;
    static final int NWFILTER = 33;

    private final int code;
    private final Failure failure;

    Refusal(int code, Failure failure) {
        this.code = code;
        this.failure = failure;
    }

    HostException of(int domain, String message) {
        return new HostException(failure, code, domain, message);
    }
}
