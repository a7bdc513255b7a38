package dev.paddock.nwfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NwfilterDescriptionTest {
    private final NwfilterKind kind = new NwfilterKind();

    @Test
    void aFilterIsSaidInAPlaybooksWords() {
        var filter = Filters.read("""
                <filter name='f' chain='ipv4' priority='-700'>
                  <uuid>6ba7b810-9dad-51d1-80b4-00c04fd430c8</uuid>
                  <filterref filter='a'/>
                  <rule action='accept' direction='out' priority='500'>
                    <udp srcportstart='1024' srcportend='65535' dstportstart='53' dstportend='53'/>
                  </rule>
                  <filterref filter='b'>
                    <parameter name='IP' value='10.0.0.1'/>
                    <parameter name='LIST' value='a'/>
                    <parameter name='LIST' value='b'/>
                  </filterref>
                  <rule action='drop' direction='inout' priority='1000' statematch='0'/>
                </filter>""");
        assertThat(kind.describe(filter))
                .isEqualTo(Map.of(
                        "uuid",
                        "6ba7b810-9dad-51d1-80b4-00c04fd430c8",
                        "chain",
                        "ipv4",
                        "rules",
                        List.of(
                                Map.of("filterref", "a"),
                                Map.of(
                                        "action",
                                        "accept",
                                        "direction",
                                        "out",
                                        "udp",
                                        Map.of("srcport", "1024-65535", "dstport", "53")),
                                Map.of(
                                        "filterref",
                                        Map.of(
                                                "filter",
                                                "b",
                                                "parameters",
                                                Map.of("IP", "10.0.0.1", "LIST", List.of("a", "b")))),
                                Map.of(
                                        "action",
                                        "drop",
                                        "direction",
                                        "inout",
                                        "priority",
                                        "1000",
                                        "statematch",
                                        "false",
                                        "none",
                                        Map.of()))));
    }

    @Test
    void portsThatHaveNoShortForm_staySaidInFull() {
        var filter = Filters.withRule("<tcp srcportstart='7' dstportstart='9' dstportend='8'/>");
        assertThat(kind.describe(filter)).asString().contains("srcportstart=7", "dstportstart=9", "dstportend=8");
    }

    @Test
    void aPriorityIsNotSaidWithoutItsChain() {
        assertThat(kind.describe(Filters.read("<filter name='f' chain='root' priority='-600'/>")))
                .isEqualTo(Map.of("chain", "root", "priority", "-600"));
    }
}
