package dev.paddock.cli.reach;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.ReachMatrix;
import dev.paddock.reach.matrix.ReachVerdict;
import dev.paddock.reach.matrix.VerdictCause;
import dev.paddock.reach.policy.BackendNames;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.OutcomeNames;
import dev.paddock.reach.probe.PacketTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Converts matrices to plain maps and lists, for JSON. */
public final class MatrixReport {
    private MatrixReport() {}

    /** Return the firewall backend, and how it is known. */
    public static Map<String, Object> backend(FilterBackend told) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", BackendNames.word(told.kind()));
        report.put("known", told.isKnown());
        report.put("reason", told.reason());
        return report;
    }

    public static Map<String, Object> of(Endpoint standpoint, ReachMatrix matrix, Optional<PacketTest.Result> proof) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("from", standpoint.name());
        report.put("network", standpoint.setting().network().name());
        standpoint.setting().filter().ifPresent(filter -> report.put("filter", filter));
        matrix.scene().guest().four().ifPresent(address -> report.put("address", address.toString()));
        report.put("assumed", standpoint.assumed());
        report.put(
                "outgoing", matrix.outgoing().stream().map(MatrixReport::cell).toList());
        report.put(
                "incoming", matrix.incoming().stream().map(MatrixReport::cell).toList());
        report.put("lease", conversation(matrix.lease()));
        Map<String, Object> misdeeds = new LinkedHashMap<>();
        matrix.misdeeds().forEach((misdeed, verdict) -> misdeeds.put(misdeed.key(), verdict(verdict)));
        report.put("misdeeds", misdeeds);
        proof.ifPresent(result -> report.put("proof", proof(result)));
        return report;
    }

    private static Map<String, Object> proof(PacketTest.Result result) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("cells", result.cells());
        report.put(
                "differences",
                result.differences().stream()
                        .map(difference ->
                                Map.of("cell", difference.cell(), "told", difference.told(), "seen", difference.seen()))
                        .toList());
        return report;
    }

    private static Map<String, Object> cell(ReachMatrix.Cell cell) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("peer", cell.peer().name());
        report.put("address", cell.peer().address().toString());
        report.put("traffic", cell.traffic().toString());
        report.putAll(conversation(cell.conversation()));
        return report;
    }

    public static Map<String, Object> conversation(Conversation conversation) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("outcome", OutcomeNames.of(conversation.outcome()));
        report.put("request", verdict(conversation.request()));
        report.put("reply", verdict(conversation.reply()));
        return report;
    }

    private static Map<String, Object> verdict(ReachVerdict verdict) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("passes", verdict.passes());
        switch (verdict.cause()) {
            case VerdictCause.ByRule by -> {
                report.put("filter", by.rule().filter());
                report.put("rule", by.rule().rule().number());
            }
            case VerdictCause.ByNetwork by -> {}
            case VerdictCause.ByNobody nobody -> {}
        }
        report.put("why", verdict.cause().toString());
        return report;
    }
}
