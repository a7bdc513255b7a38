package dev.paddock.reach.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.nwfilter.document.FilterDefinition;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleHintsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dstipaddr='10.0.0.0' dstipmask='8'                   | dstipaddr='10.5.0.0' dstipmask='24'                    | true
            dstipaddr='10.0.0.0' dstipmask='255.0.0.0'           | dstipaddr='10.255.255.255'                             | true
            dstipaddr='10.5.0.0' dstipmask='24'                  | dstipaddr='10.0.0.0' dstipmask='8'                     | false
            dstipaddr='10.0.0.0' dstipmask='8'                   | dstipaddr='11.0.0.1'                                   | false
            dstipaddr='10.0.0.0' dstipmask='8'                   | srcipaddr='10.0.0.1'                                   | false
            dstipaddr='10.0.0.0' dstipmask='8'                   | dstportstart='22'                                      | false
            dstipfrom='10.0.0.1' dstipto='10.0.0.9'              | dstipaddr='10.0.0.4' dstipmask='31'                    | true
            dstipfrom='10.0.0.1' dstipto='10.0.0.9'              | dstipfrom='10.0.0.8' dstipto='10.0.0.10'               | false
            dstportstart='1' dstportend='1024'                   | dstportstart='22'                                      | true
            dstportstart='1' dstportend='1024'                   | dstportstart='1024' dstportend='1025'                  | false
            dstportstart='22'                                    | dstportstart='22' dstportend='22'                      | true
            dstipaddr='10.0.0.0' dstipmask='8' dstportstart='22' | dstipaddr='10.1.0.0' dstipmask='16' dstportstart='22'  | true
            dstipaddr='10.0.0.0' dstipmask='8' dstportstart='22' | dstipaddr='10.1.0.0' dstipmask='16'                    | false
            dstipaddr='$NET' dstipmask='8'                       | dstipaddr='10.1.0.0' dstipmask='16'                    | false
            dstipaddr='$NET' dstipmask='8'                       | dstipaddr='$NET' dstipmask='8' dstportstart='22'       | true
            dstipaddr='0.0.0.0' dstipmask='0'                    | dstipaddr='10.1.0.0' dstipmask='16'                    | true
            match='no' dstipaddr='10.0.0.0' dstipmask='8'        | dstipaddr='10.1.0.0' dstipmask='16'                    | false
            dstipaddr='10.0.0.0' dstipmask='8'                   | match='no' dstipaddr='10.1.0.0' dstipmask='16'         | false
            dstipaddr='10.0.0.0' dstipmask='8' comment='all'     | dstipaddr='10.1.0.0' dstipmask='16' comment='some'     | true
            """)
    void aRuleIsHiddenByAnEarlierOneThatMatchesAllOfIt(String earlier, String later, boolean hidden) {
        var filter = FilterDocumentFiles.read(
                "<filter name='f'><rule action='accept' direction='out' priority='100'><tcp %s/></rule>"
                                .formatted(earlier)
                        + "<rule action='accept' direction='out' priority='200'><tcp %s/></rule></filter>"
                                .formatted(later));

        assertThat(RuleHints.of(FilterDefinition.of(filter)))
                .extracting(PolicyHint::code)
                .isEqualTo(hidden ? List.of(Code.RULE_UNREACHED) : List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2001:db8::   | 32 | 2001:db8:7::1    | true
            2001:db8::   | 45 | 2001:db8:7:ff::1 | true
            2001:db8::   | 45 | 2001:db8:8::1    | false
            """)
    void prefixesOfIpv6AreComparedAsWell(String network, int length, String address, boolean hidden) {
        var filter = FilterDocumentFiles.read(
                "<filter name='f'><rule action='drop' direction='out' priority='100'><tcp-ipv6 dstipaddr='%s' dstipmask='%d'/></rule>"
                                .formatted(network, length)
                        + "<rule action='accept' direction='out' priority='200'><tcp-ipv6 dstipaddr='%s'/></rule></filter>"
                                .formatted(address));

        assertThat(RuleHints.of(FilterDefinition.of(filter))).hasSize(hidden ? 1 : 0);
    }
}
