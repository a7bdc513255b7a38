package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.sqlite.SQLiteConfig;

/**
 * Stores slots and leases in a file. Each method is one transaction: it happens as a whole, before it returns, or not at
 * all.
 *
 * <p>What is written survives the process, however that ends. It may not survive a loss of power, which is acceptable, as
 * the guests do not survive it either. The store also holds the machine's boot id, and ends the leases of another boot.
 *
 * <p>A constraint of the database ensures that no guest has two users: a slot has at most one open lease.
 */
public final class LeaseStore implements AutoCloseable {
    private static final int VERSION = 2;
    private static final String SECRET_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int SECRET_LENGTH = 16;

    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE slot (
              pool TEXT NOT NULL, uuid TEXT NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
              incarnation TEXT NOT NULL, digest TEXT NOT NULL, made INTEGER NOT NULL,
              changed INTEGER NOT NULL, PRIMARY KEY (pool, number)) STRICT""",
            """
            CREATE TABLE lease (
              id TEXT PRIMARY KEY, pool TEXT NOT NULL, uuid TEXT NOT NULL, number INTEGER NOT NULL,
              incarnation TEXT NOT NULL, owner TEXT NOT NULL, request TEXT NOT NULL, since INTEGER NOT NULL,
              until INTEGER NOT NULL, most INTEGER NOT NULL, handed INTEGER NOT NULL DEFAULT 0,
              parent TEXT NOT NULL DEFAULT '', ending TEXT, ended INTEGER) STRICT""",
            "CREATE UNIQUE INDEX one_user ON lease (pool, number) WHERE ending IS NULL",
            "CREATE UNIQUE INDEX one_request ON lease (pool, owner, request) WHERE request <> ''",
            "CREATE INDEX ending ON lease (until) WHERE ending IS NULL",
            "CREATE INDEX past ON lease (ended) WHERE ending IS NOT NULL",
            "CREATE INDEX by_state ON slot (pool, state)",
            "CREATE TABLE drained (pool TEXT PRIMARY KEY) STRICT",
            "CREATE TABLE boot (id TEXT NOT NULL) STRICT",
            "PRAGMA user_version = " + VERSION);

    private final Database database;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();

    private LeaseStore(Database database, LongSupplier clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Open the store in a file, which is created if it is missing.
     *
     * @param boot identifies this boot of the machine; leases of another boot end
     * @param clock milliseconds since the machine started
     */
    public static LeaseStore open(Path file, String boot, LongSupplier clock) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(5_000);
        try {
            var store = new LeaseStore(new Database(config.createConnection("jdbc:sqlite:" + file)), clock);
            store.prepare(boot);
            return store;
        } catch (SQLException failure) {
            throw new StoreException(failure);
        }
    }

    private void prepare(String boot) {
        database.transaction(connection -> {
            var version = Database.number(connection, "PRAGMA user_version");
            if (version > VERSION) {
                throw new StoreException("The leases were kept by a newer version of this program.");
            }
            if (version == 1) {
                Database.run(connection, "ALTER TABLE lease ADD COLUMN parent TEXT NOT NULL DEFAULT ''");
                Database.run(connection, "PRAGMA user_version = " + VERSION);
            } else if (version < VERSION) {
                for (var statement : SCHEMA) {
                    Database.run(connection, statement);
                }
            }
            if (Database.number(connection, "SELECT count(*) FROM boot WHERE id = ?", boot) == 0) {
                Database.run(
                        connection,
                        "UPDATE lease SET ending = ?, ended = 0 WHERE ending IS NULL",
                        LeaseEndReason.LOST.word());
                Database.run(connection, "UPDATE lease SET ended = 0 WHERE ending IS NOT NULL");
                Database.run(connection, "DELETE FROM slot");
                Database.run(connection, "DELETE FROM boot");
                Database.run(connection, "INSERT INTO boot (id) VALUES (?)", boot);
            }
            return true;
        });
    }

    /** Return the result of a request that no guest can change: it has a lease already, or may have none. */
    public Optional<TakeResult> settled(LeaseRequest request) {
        return database.transaction(connection -> settled(connection, request));
    }

    private static Optional<TakeResult> settled(Connection connection, LeaseRequest request) throws SQLException {
        if (!request.requestId().isEmpty()) {
            var earlier = RowMapper.leases(
                    connection,
                    "pool = ? AND owner = ? AND request = ?",
                    request.pool(),
                    request.owner(),
                    request.requestId());
            if (!earlier.isEmpty()) {
                return Optional.of(new TakeResult.Repeated(earlier.getFirst()));
            }
        }
        if (Database.number(connection, "SELECT count(*) FROM drained WHERE pool = ?", request.pool()) > 0) {
            return Optional.of(new TakeResult.Drained());
        }
        var max = request.perOwner();
        return max.isPresent() && countOpen(connection, request) >= max.getAsInt()
                ? Optional.of(new TakeResult.TooMany(max.getAsInt()))
                : Optional.empty();
    }

    /**
     * Take the guest that has been ready for longest, and store its lease. From the same moment on the guest counts as
     * used.
     */
    public TakeResult take(LeaseRequest request) {
        return database.transaction(connection -> {
            var settled = settled(connection, request);
            if (settled.isPresent()) {
                return settled.get();
            }
            var ready = RowMapper.slots(
                    connection,
                    "pool = ? AND state = ? ORDER BY changed, number LIMIT 1",
                    request.pool(),
                    SlotState.READY.word());
            return ready.isEmpty()
                    ? new TakeResult.NoneReady()
                    : new TakeResult.Taken(lease(connection, request, ready.getFirst()));
        });
    }

    private static long countOpen(Connection connection, LeaseRequest request) throws SQLException {
        return Database.number(
                connection,
                "SELECT count(*) FROM lease WHERE pool = ? AND owner = ? AND ending IS NULL",
                request.pool(),
                request.owner());
    }

    private Lease lease(Connection connection, LeaseRequest request, SlotRecord record) throws SQLException {
        var lease = lease(request, record, "");
        move(connection, record.slot(), SlotState.READY, SlotState.LEASED);
        RowMapper.insert(connection, lease);
        return lease;
    }

    private Lease lease(LeaseRequest request, SlotRecord record, String parent) {
        var now = clock.getAsLong();
        var limit = now + request.maxDuration().toMillis();
        return new Lease(
                record.slot().name() + "." + secret(),
                record.slot(),
                record.incarnation(),
                request.owner(),
                request.requestId(),
                now,
                Math.min(limit, now + request.duration().toMillis()),
                limit,
                parent,
                Optional.empty());
    }

    /**
     * Store the leases of guests that are about to be copied from a leased one. Whatever becomes of them, they count as
     * used.
     *
     * @param records the guests, in slots that are empty or whose guests nobody can lease
     * @param parent the lease of the guest that is copied, which may have ended
     * @return as many leases; none when the user would have too many guests
     */
    public List<Lease> fork(LeaseRequest request, List<SlotRecord> records, String parent) {
        return database.transaction(connection -> {
            var isWithinQuota = request.perOwner().isEmpty()
                    || countOpen(connection, request) + records.size()
                            <= request.perOwner().getAsInt();
            if (!isWithinQuota) {
                return List.of();
            }
            List<Lease> leases = new ArrayList<>();
            for (var record : records) {
                var lease = lease(request, record, parent);
                RowMapper.replace(connection, record);
                RowMapper.insert(connection, lease);
                leases.add(lease);
            }
            return leases;
        });
    }

    private String secret() {
        var secret = new StringBuilder();
        for (var i = 0; i < SECRET_LENGTH; i++) {
            secret.append(SECRET_ALPHABET.charAt(random.nextInt(SECRET_ALPHABET.length())));
        }
        return secret.toString();
    }

    /** Record that a guest was handed over: from now on its user relies on it. */
    public void markHandedOver(Lease lease) {
        database.transaction(
                connection -> Database.run(connection, "UPDATE lease SET handed = 1 WHERE id = ?", lease.id()));
    }

    /** Return the open leases whose guests were not recorded as handed over. */
    public List<Lease> unconfirmed() {
        return database.transaction(connection -> RowMapper.leases(connection, "ending IS NULL AND handed = 0"));
    }

    /** Extend a lease to a time, but not beyond its limit. Return it; absent when it has ended, or does not exist. */
    public Optional<Lease> extend(String id, long until) {
        return database.transaction(connection -> {
            var lease = RowMapper.leases(connection, "id = ? AND ending IS NULL", id).stream()
                    .findFirst();
            if (lease.isEmpty()) {
                return lease;
            }
            var longer = lease.get().withUntil(Math.min(until, lease.get().limit()));
            Database.run(connection, "UPDATE lease SET until = ? WHERE id = ?", longer.until(), id);
            return Optional.of(longer);
        });
    }

    /** End a lease, and mark its guest as dirty. Return whether it was open until now. */
    public boolean end(Lease lease, LeaseEndReason reason) {
        return database.transaction(connection -> {
            var ended = Database.run(
                    connection,
                    // A request that got no guest can be repeated.
                    "UPDATE lease SET ending = ?, ended = ?, request = iif(handed, request, '')"
                            + " WHERE id = ? AND ending IS NULL",
                    reason.word(),
                    clock.getAsLong(),
                    lease.id());
            if (ended == 1) {
                move(connection, lease.slot(), SlotState.LEASED, SlotState.DIRTY);
            }
            return ended == 1;
        });
    }

    public Optional<Lease> lease(String id) {
        return database.transaction(connection ->
                RowMapper.leases(connection, "id = ?", id).stream().findFirst());
    }

    /** Return the open leases. */
    public List<Lease> open() {
        return database.transaction(connection -> RowMapper.leases(connection, "ending IS NULL ORDER BY since"));
    }

    /** Return the open leases whose time is up. */
    public List<Lease> overdue() {
        return database.transaction(
                connection -> RowMapper.leases(connection, "ending IS NULL AND until <= ?", clock.getAsLong()));
    }

    /** Delete the leases that ended more than this many milliseconds ago. */
    public void forget(long ageMillis) {
        database.transaction(connection -> Database.run(
                connection, "DELETE FROM lease WHERE ending IS NOT NULL AND ended < ?", clock.getAsLong() - ageMillis));
    }

    public List<SlotRecord> slots() {
        return database.transaction(connection -> RowMapper.slots(connection, "1 = 1 ORDER BY pool, number"));
    }

    public Optional<SlotRecord> slot(String pool, int number) {
        return database.transaction(
                connection -> RowMapper.slots(connection, "pool = ? AND number = ?", pool, number).stream()
                        .findFirst());
    }

    /** Record that the guest of a slot is being created, whatever the slot had. Return false if the slot is leased. */
    public boolean markMaking(SlotRecord record) {
        return database.transaction(connection -> {
            var leased = Database.number(
                    connection,
                    "SELECT count(*) FROM slot WHERE pool = ? AND number = ? AND state = ?",
                    record.slot().pool(),
                    record.slot().number(),
                    SlotState.LEASED.word());
            if (leased > 0) {
                return false;
            }
            RowMapper.replace(connection, record);
            return true;
        });
    }

    /** Change the state of a slot's guest. Return whether it was in the state {@code from}. */
    public boolean move(PoolSlot slot, SlotState from, SlotState to) {
        return database.transaction(connection -> move(connection, slot, from, to));
    }

    private boolean move(Connection connection, PoolSlot slot, SlotState from, SlotState to) throws SQLException {
        return Database.run(
                        connection,
                        "UPDATE slot SET state = ?, changed = ? WHERE pool = ? AND number = ? AND state = ?",
                        to.word(),
                        clock.getAsLong(),
                        slot.pool(),
                        slot.number(),
                        from.word())
                == 1;
    }

    /** Delete an empty slot. */
    public void remove(PoolSlot slot) {
        database.transaction(connection ->
                Database.run(connection, "DELETE FROM slot WHERE pool = ? AND number = ?", slot.pool(), slot.number()));
    }

    /** Return the pools that are drained. */
    public Set<String> drained() {
        return database.transaction(connection -> RowMapper.texts(connection, "SELECT pool FROM drained"));
    }

    /** Record that a pool is drained, or no longer is. */
    public void drain(String pool, boolean drained) {
        database.transaction(connection -> Database.run(
                connection,
                drained ? "INSERT OR IGNORE INTO drained (pool) VALUES (?)" : "DELETE FROM drained WHERE pool = ?",
                pool));
    }

    @Override
    public void close() {
        database.close();
    }
}
