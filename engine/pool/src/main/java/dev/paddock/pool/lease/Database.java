package dev.paddock.pool.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A connection to a database. Only one thread at a time uses it. */
final class Database implements AutoCloseable {
    /** The statements of a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private final Connection connection;

    Database(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    /**
     * Commit the work as one transaction; roll it back when it fails.
     *
     * @throws StoreException when the database fails
     */
    synchronized <T> T transaction(Work<T> work) {
        try {
            var done = false;
            try {
                var result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException failure) {
            throw new StoreException(failure);
        }
    }

    /** Run a statement. Return how many rows it changed. */
    static int run(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Return the number in the first column of the first row of a query; 0 without rows. */
    static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = prepared(connection, sql, values);
                var rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new StoreException(failure);
        }
    }
}
