package dev.paddock.pool.lease;

import dev.paddock.api.pool.PoolSlot;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.sqlite.SQLiteConfig;

/**
 * Slots and leases, in a file. Each method is one transaction: it happens as a whole, before it returns, or not at all.
 *
 * <p>What is written outlives the process, however that ends. It may not outlive a loss of power, which is no loss, as
 * the guests do not outlive it either. The machine's boot id is kept with it, and leases of another boot are over.
 *
 * <p>That no guest has two users is a constraint of the database: at most one open lease a slot.
 */
public final class LeaseStore implements AutoCloseable {
    private static final int VERSION = 1;
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
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
              ending TEXT, ended INTEGER) STRICT""",
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
     * Open the store in a file, which is made when it is missing.
     *
     * @param boot identifies this run of the machine; what belongs to another is over
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
            if (version < VERSION) {
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

    /**
     * Return why a request needs no guest now: it has one, or may have none. So nobody waits for what cannot be.
     */
    public Optional<TakeResult> settled(LeaseRequest asked) {
        return database.transaction(connection -> settled(connection, asked));
    }

    private static Optional<TakeResult> settled(Connection connection, LeaseRequest asked) throws SQLException {
        if (!asked.request().isEmpty()) {
            var earlier = RowMapper.leases(
                    connection, "pool = ? AND owner = ? AND request = ?", asked.pool(), asked.owner(), asked.request());
            if (!earlier.isEmpty()) {
                return Optional.of(new TakeResult.Repeated(earlier.getFirst()));
            }
        }
        if (Database.number(connection, "SELECT count(*) FROM drained WHERE pool = ?", asked.pool()) > 0) {
            return Optional.of(new TakeResult.Drained());
        }
        var most = asked.perOwner();
        return most.isPresent() && count(connection, asked) >= most.getAsInt()
                ? Optional.of(new TakeResult.TooMany(most.getAsInt()))
                : Optional.empty();
    }

    /**
     * Take a guest that is ready, the one that has been so for longest, and keep its lease. At the same time the guest
     * counts as used.
     */
    public TakeResult take(LeaseRequest asked) {
        return database.transaction(connection -> {
            var settled = settled(connection, asked);
            if (settled.isPresent()) {
                return settled.get();
            }
            var ready = RowMapper.slots(
                    connection,
                    "pool = ? AND state = ? ORDER BY changed, number LIMIT 1",
                    asked.pool(),
                    SlotState.READY.word());
            return ready.isEmpty()
                    ? new TakeResult.NoneReady()
                    : new TakeResult.Taken(lend(connection, asked, ready.getFirst()));
        });
    }

    private static long count(Connection connection, LeaseRequest asked) throws SQLException {
        return Database.number(
                connection,
                "SELECT count(*) FROM lease WHERE pool = ? AND owner = ? AND ending IS NULL",
                asked.pool(),
                asked.owner());
    }

    private Lease lend(Connection connection, LeaseRequest asked, SlotRecord record) throws SQLException {
        var now = clock.getAsLong();
        var limit = now + asked.longest().toMillis();
        var lease = new Lease(
                record.slot().name() + "." + secret(),
                record.slot(),
                record.incarnation(),
                asked.owner(),
                asked.request(),
                now,
                Math.min(limit, now + asked.time().toMillis()),
                limit,
                Optional.empty());
        move(connection, record.slot(), SlotState.READY, SlotState.LEASED);
        RowMapper.insert(connection, lease);
        return lease;
    }

    private String secret() {
        var secret = new StringBuilder();
        for (var i = 0; i < SECRET_LENGTH; i++) {
            secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return secret.toString();
    }

    /** Keep that a guest was handed out: from now on its user counts on it. */
    public void handed(Lease lease) {
        database.transaction(
                connection -> Database.run(connection, "UPDATE lease SET handed = 1 WHERE id = ?", lease.id()));
    }

    /** Return the leases of guests of which nobody knows whether they were handed out. */
    public List<Lease> uncertain() {
        return database.transaction(connection -> RowMapper.leases(connection, "ending IS NULL AND handed = 0"));
    }

    /** Let a lease last until a time, but not beyond its limit. Absent when it has ended, or is not there. */
    public Optional<Lease> extend(String id, long until) {
        return database.transaction(connection -> {
            var lease = RowMapper.leases(connection, "id = ? AND ending IS NULL", id).stream()
                    .findFirst();
            if (lease.isEmpty()) {
                return lease;
            }
            var longer = lease.get().until(Math.min(until, lease.get().limit()));
            Database.run(connection, "UPDATE lease SET until = ? WHERE id = ?", longer.until(), id);
            return Optional.of(longer);
        });
    }

    /** End a lease, from when on its guest is dirty. Return whether it lasted until now. */
    public boolean end(Lease lease, LeaseEndReason ending) {
        return database.transaction(connection -> {
            var ended = Database.run(
                    connection,
                    // A request that got nothing may be made again.
                    "UPDATE lease SET ending = ?, ended = ?, request = iif(handed, request, '')"
                            + " WHERE id = ? AND ending IS NULL",
                    ending.word(),
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

    /** Return the leases that last. */
    public List<Lease> open() {
        return database.transaction(connection -> RowMapper.leases(connection, "ending IS NULL ORDER BY since"));
    }

    /** Return the leases that should have ended by now. */
    public List<Lease> overdue() {
        return database.transaction(
                connection -> RowMapper.leases(connection, "ending IS NULL AND until <= ?", clock.getAsLong()));
    }

    /** Forget leases that ended so many milliseconds ago. */
    public void forget(long age) {
        database.transaction(connection -> Database.run(
                connection, "DELETE FROM lease WHERE ending IS NOT NULL AND ended < ?", clock.getAsLong() - age));
    }

    public List<SlotRecord> slots() {
        return database.transaction(connection -> RowMapper.slots(connection, "1 = 1 ORDER BY pool, number"));
    }

    public Optional<SlotRecord> slot(String pool, int number) {
        return database.transaction(
                connection -> RowMapper.slots(connection, "pool = ? AND number = ?", pool, number).stream()
                        .findFirst());
    }

    /** Keep that a guest is being made in a slot, whatever the slot had. A slot that is lent is left alone. */
    public boolean making(SlotRecord record) {
        return database.transaction(connection -> {
            var lent = Database.number(
                    connection,
                    "SELECT count(*) FROM slot WHERE pool = ? AND number = ? AND state = ?",
                    record.slot().pool(),
                    record.slot().number(),
                    SlotState.LEASED.word());
            if (lent > 0) {
                return false;
            }
            RowMapper.replace(connection, record);
            return true;
        });
    }

    /** Change the state of a slot's guest. Return whether it was in the other. */
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

    /** Forget a slot, of which nothing is left. */
    public void remove(PoolSlot slot) {
        database.transaction(connection ->
                Database.run(connection, "DELETE FROM slot WHERE pool = ? AND number = ?", slot.pool(), slot.number()));
    }

    /** Return the pools from which nothing is to be lent. */
    public Set<String> drained() {
        return database.transaction(connection -> RowMapper.texts(connection, "SELECT pool FROM drained"));
    }

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
