package dev.paddock.nwfilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.kind.LedgerRecord;
import dev.paddock.api.xml.XmlWriter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerFilterTest {
    private static final String UUID = "11111111-2222-3333-4444-555555555555";
    private static final String OWNER = "66666666-7777-8888-9999-000000000000";
    private static final String LEDGER = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    private final NwfilterKind kind = new NwfilterKind();

    @Test
    void aRecordIsAReference_withParametersThatLibvirtAccepts() {
        var records = new TreeMap<>(Map.of("web", new LedgerRecord(UUID, OWNER, true)));

        assertThat(XmlWriter.write(kind.ledgerDocument(LEDGER, records))).isEqualTo("""
                        <filter name='paddock-ledger' chain='root'>
                          <uuid>aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee</uuid>
                          <filterref filter='web'>
                            <parameter name='OWNER' value='66666666777788889999000000000000'/>
                            <parameter name='PROTECT' value='yes'/>
                            <parameter name='UUID' value='11111111222233334444555555555555'/>
                          </filterref>
                        </filter>
                        """);
    }

    @Test
    void recordsReadBackAsTheyWereWritten() {
        var records = new TreeMap<>(Map.of(
                "storage.11111111222233334444555555555555", new LedgerRecord(UUID, OWNER, false),
                "web", new LedgerRecord(OWNER, UUID, true)));

        assertThat(kind.records(kind.ledgerDocument(LEDGER, records))).isEqualTo(records);
    }

    @Test
    void aReferenceWithoutAnOwner_isNoRecord() {
        var filter = Filters.read("<filter name='paddock-ledger'><filterref filter='web'>"
                + "<parameter name='UUID' value='11111111222233334444555555555555'/></filterref></filter>");

        assertThat(kind.records(filter)).isEmpty();
    }
}
