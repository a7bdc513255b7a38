package dev.paddock.reach.matrix;

import static dev.paddock.reach.matrix.Conversation.Outcome.CLOSED;
import static dev.paddock.reach.matrix.Conversation.Outcome.ONE_WAY;
import static dev.paddock.reach.matrix.Conversation.Outcome.OPEN;
import static dev.paddock.reach.matrix.FilterDocumentFiles.AS_GIVEN;
import static dev.paddock.reach.matrix.FilterDocumentFiles.NAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReachMatrixTest {
    private static final ReachMatrix GIVEN = FilterDocumentFiles.matrix(FilterDocumentFiles.setting(NAT, AS_GIVEN));

    private static Conversation.Outcome out(ReachMatrix matrix, String peer, String traffic) {
        return find(matrix.outgoing(), peer, traffic).conversation().outcome();
    }

    private static Conversation.Outcome in(ReachMatrix matrix, String peer, String traffic) {
        return find(matrix.incoming(), peer, traffic).conversation().outcome();
    }

    private static ReachMatrix.Cell find(List<ReachMatrix.Cell> cells, String peer, String traffic) {
        return cells.stream()
                .filter(cell -> cell.peer().name().equals(peer)
                        && cell.traffic().toString().equals(traffic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFilterAsGivenLeavesTheHostAndOtherGuestsOpen() {
        for (var port : List.of("tcp/22", "tcp/80", "tcp/443", "tcp/9418", "udp/53")) {
            assertThat(out(GIVEN, "gateway", port)).as("host %s", port).isEqualTo(OPEN);
            assertThat(out(GIVEN, "guests", port)).as("guests %s", port).isEqualTo(OPEN);
            assertThat(out(GIVEN, "internet", port)).as("internet %s", port).isEqualTo(OPEN);
            assertThat(out(GIVEN, "10.0.0.0/8", port)).as("private %s", port).isEqualTo(OPEN);
        }
        assertThat(out(GIVEN, "gateway", "ping")).isEqualTo(CLOSED);
        assertThat(out(GIVEN, "internet", "tcp/8443")).isEqualTo(CLOSED);
    }

    @Test
    void theFilterAsGivenLeavesSixAndFramesOpenAndLetsNobodyHaveAnAddress() {
        assertThat(out(GIVEN, "guests (IPv6)", "tcp/8443")).isEqualTo(OPEN);
        assertThat(GIVEN.lease().outcome()).isEqualTo(CLOSED);
        assertThat(GIVEN.misdeeds())
                .allSatisfy((misdeed, verdict) ->
                        assertThat(verdict.passes()).as(misdeed.words()).isTrue());
    }

    @Test
    void whatTheHostSendsIsAskedNoRuleForPackets() {
        assertThat(in(GIVEN, "gateway", "udp/8443")).isEqualTo(ONE_WAY);
        assertThat(in(GIVEN, "gateway", "tcp/22")).isEqualTo(ONE_WAY);
        assertThat(in(GIVEN, "guests", "tcp/22")).isEqualTo(CLOSED);
        assertThat(in(GIVEN, "internet", "tcp/22")).isEqualTo(CLOSED);
    }

    @Test
    void eachCellNamesWhatDecidedIt() {
        var open = find(GIVEN.outgoing(), "gateway", "tcp/22").conversation().cause();
        var shut = find(GIVEN.outgoing(), "internet", "tcp/8443").conversation().cause();

        assertThat(open).hasToString("as-given #4 (accept out tcp dstportstart=22)");
        assertThat(shut).hasToString("as-given #8 (drop out all)");
    }

    @Test
    void withoutAFilterTheNetworkAloneDecides() {
        var isolated = "<network><name>alone</name><ip address='192.168.100.1' prefix='24'/></network>";
        var matrix = FilterDocumentFiles.matrix(FilterDocumentFiles.setting(isolated));

        assertThat(out(matrix, "gateway", "tcp/22")).isEqualTo(OPEN);
        assertThat(out(matrix, "guests", "tcp/22")).isEqualTo(OPEN);
        assertThat(out(matrix, "internet", "tcp/443")).isEqualTo(CLOSED);
        assertThat(find(matrix.outgoing(), "internet", "tcp/443").conversation().cause())
                .hasToString("the network alone of mode none forwards no such packets from it");
    }

    @Test
    void aFilterForPacketsLetsThemOutOfAnIsolatedNetwork() {
        var isolated = "<network><name>alone</name><ip address='192.168.100.1' prefix='24'/></network>";
        var matrix = FilterDocumentFiles.matrix(FilterDocumentFiles.setting(
                isolated, "<filter name='f'><rule action='accept' direction='out'><tcp/></rule></filter>"));

        assertThat(out(matrix, "internet", "tcp/443")).isEqualTo(ONE_WAY);
    }

    @Test
    void isolatedPortsDoNotReachOneAnother() {
        var isolated = "<network><name>alone</name><port isolated='yes'/><ip address='192.168.100.1' prefix='24'/>"
                + "</network>";
        var matrix = FilterDocumentFiles.matrix(FilterDocumentFiles.setting(isolated));

        assertThat(out(matrix, "guests", "tcp/22")).isEqualTo(CLOSED);
        assertThat(in(matrix, "guests", "tcp/22")).isEqualTo(CLOSED);
        assertThat(out(matrix, "gateway", "tcp/22")).isEqualTo(OPEN);
    }
}
