package dev.paddock.core.plan;

import dev.paddock.api.kind.LedgerKind;
import dev.paddock.api.kind.LedgerRecord;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.resource.ResourceUuid;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records about objects of kinds that keep no metadata. An object of the ledger's own kind carries them.
 *
 * @param kind the kind that carries the ledger
 * @param records by name
 */
record Ledger(LedgerKind kind, SortedMap<String, LedgerRecord> records) {
    Ledger {
        records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    }

    Ledger(LedgerKind kind, Map<String, LedgerRecord> records) {
        this(kind, new TreeMap<>(records));
    }

    /** Return the record of an object, whose project is known only by the UUID that it gives to an object of this name. */
    static LedgerRecord recordOf(String project, ResourceId id, String uuid, boolean protect) {
        return new LedgerRecord(uuid, ResourceUuid.uuid(project, id), protect);
    }

    /** Return whether a record says that a project owns an object. */
    static boolean isOwner(LedgerRecord ledgerRecord, String project, ResourceId id) {
        return ledgerRecord.owner().equals(ResourceUuid.uuid(project, id));
    }

    /** Return how plans print a record. */
    static String phrase(LedgerRecord ledgerRecord) {
        return ledgerRecord.uuid() + (ledgerRecord.protect() ? ", protected" : "");
    }

    /**
     * Return the name of the record of an object: its own name if it is of the ledger's kind, so that libvirt shows a
     * reference to it; else its kind and UUID, because its name may be no valid name of the ledger's kind.
     */
    String name(ResourceId id, String uuid) {
        return id.kind().equals(kind.name()) ? id.name() : id.kind() + "." + uuid.replace("-", "");
    }

    /** Return the record of an object with this UUID. */
    Optional<LedgerRecord> find(ResourceId id, String uuid) {
        return Optional.ofNullable(records.get(name(id, uuid)))
                .filter(ledgerRecord -> ledgerRecord.uuid().equals(uuid));
    }

    /** Return the document of the object that carries the ledger. */
    String xml(String uuid) {
        return XmlWriter.write(kind.ledgerDocument(uuid, records));
    }
}
