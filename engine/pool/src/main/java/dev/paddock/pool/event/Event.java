package dev.paddock.pool.event;

import java.time.Instant;
import java.util.Map;

/**
 * An event of the pool server.
 *
 * @param number counted from 1
 * @param type in a word or two, such as {@code lease.granted}
 * @param details the pool, the guest, the lease, and other facts; nothing secret
 */
public record Event(long number, Instant time, String type, Map<String, Object> details) {}
