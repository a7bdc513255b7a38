package dev.paddock.api.kind;

/**
 * The ledger's record of one object.
 *
 * @param uuid the UUID of the object; the record does not apply to another object of the same name
 * @param owner the UUID that its project gives to an object of this name; identifies the project
 * @param protect whether the object is kept when it is no longer declared
 */
public record LedgerRecord(String uuid, String owner, boolean protect) {}
