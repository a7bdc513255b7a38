package dev.paddock.api.kind;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import java.util.Map;
import java.util.SortedMap;

/**
 * A kind that can carry the ledger: one object of it contains Paddock's records about objects whose own documents keep
 * no metadata.
 */
public interface LedgerKind extends Kind {
    /** Return the ID of the object that carries the ledger. It is never declared, pruned or compared. */
    ResourceId ledger();

    /** Return the records in the document of that object, by name. Incomplete records are left out. */
    Map<String, LedgerRecord> records(Element document);

    /**
     * Return the document of that object.
     *
     * @param uuid the UUID of that object
     */
    Element ledgerDocument(String uuid, SortedMap<String, LedgerRecord> records);
}
