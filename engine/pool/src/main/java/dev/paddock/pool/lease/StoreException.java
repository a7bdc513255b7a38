package dev.paddock.pool.lease;

import java.sql.SQLException;

/** The store of leases failed, as when the disk is full or the file is damaged. Nothing was changed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("The leases cannot be kept: " + cause.getMessage(), cause);
    }

    StoreException(String message) {
        super(message);
    }
}
