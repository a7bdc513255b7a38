package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Maps slots and leases to rows and back. */
final class RowMapper {
    private static final String SLOT =
            "SELECT pool, uuid, number, state, incarnation, digest, made, changed FROM slot WHERE ";
    private static final String LEASE =
            "SELECT id, pool, uuid, number, incarnation, owner, request, since, until, most, parent, ending FROM lease WHERE ";

    private RowMapper() {}

    static List<SlotRecord> slots(Connection connection, String condition, Object... values) throws SQLException {
        List<SlotRecord> records = new ArrayList<>();
        try (var statement = Database.prepared(connection, SLOT + condition, values);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                records.add(new SlotRecord(
                        slot(rows),
                        SlotState.of(rows.getString("state")),
                        rows.getString("incarnation"),
                        rows.getString("digest"),
                        rows.getLong("made"),
                        rows.getLong("changed")));
            }
        }
        return records;
    }

    static List<Lease> leases(Connection connection, String condition, Object... values) throws SQLException {
        List<Lease> leases = new ArrayList<>();
        try (var statement = Database.prepared(connection, LEASE + condition, values);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                leases.add(new Lease(
                        rows.getString("id"),
                        slot(rows),
                        rows.getString("incarnation"),
                        rows.getString("owner"),
                        rows.getString("request"),
                        rows.getLong("since"),
                        rows.getLong("until"),
                        rows.getLong("most"),
                        rows.getString("parent"),
                        Optional.ofNullable(rows.getString("ending")).map(LeaseEndReason::of)));
            }
        }
        return leases;
    }

    private static PoolSlot slot(ResultSet rows) throws SQLException {
        return new PoolSlot(rows.getString("pool"), rows.getString("uuid"), rows.getInt("number"));
    }

    static Set<String> texts(Connection connection, String sql) throws SQLException {
        Set<String> texts = new HashSet<>();
        try (var statement = Database.prepared(connection, sql);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    static void insert(Connection connection, Lease lease) throws SQLException {
        Database.run(
                connection,
                "INSERT INTO lease (id, pool, uuid, number, incarnation, owner, request, since, until, most, parent)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                lease.id(),
                lease.slot().pool(),
                lease.slot().uuid(),
                lease.slot().number(),
                lease.incarnation(),
                lease.owner(),
                lease.requestId(),
                lease.since(),
                lease.until(),
                lease.limit(),
                lease.parent());
    }

    static void replace(Connection connection, SlotRecord record) throws SQLException {
        Database.run(
                connection,
                "INSERT OR REPLACE INTO slot (pool, uuid, number, state, incarnation, digest, made, changed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                record.slot().pool(),
                record.slot().uuid(),
                record.slot().number(),
                record.state().word(),
                record.incarnation(),
                record.digest(),
                record.made(),
                record.since());
    }
}
