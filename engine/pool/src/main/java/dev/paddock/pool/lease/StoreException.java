package dev.paddock.pool.lease;

import java.sql.SQLException;

/** The store of leases does not work: the disk is full, the file was damaged. Nothing was changed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("The leases cannot be kept: " + cause.getMessage(), cause);
    }

    StoreException(String message) {
        super(message);
    }
}
