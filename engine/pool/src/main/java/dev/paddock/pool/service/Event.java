package dev.paddock.pool.service;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param number counted from 1
 * @param what in a word or two, such as {@code lease.granted}
 * @param about the pool, the guest, the lease, and what else is of interest; nothing secret
 */
public record Event(long number, Instant time, String what, Map<String, Object> about) {}
