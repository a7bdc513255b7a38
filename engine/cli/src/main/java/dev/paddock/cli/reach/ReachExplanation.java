package dev.paddock.cli.reach;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.console.AnsiStyle;
import dev.paddock.cli.console.CommandException;
import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.matrix.ReachVerdict;
import dev.paddock.reach.matrix.Traffic;
import dev.paddock.reach.policy.Endpoint;
import dev.paddock.reach.policy.EndpointException;
import dev.paddock.reach.policy.Endpoints;
import dev.paddock.reach.policy.OutcomeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explains step by step what happens to one packet and its reply. */
public final class ReachExplanation {
    private final Endpoint guest;
    private final Peer peer;
    private final boolean isOutgoing;
    private final Map<Traffic, Conversation> conversations;

    private ReachExplanation(Endpoint guest, Peer peer, boolean isOutgoing, Map<Traffic, Conversation> conversations) {
        this.guest = guest;
        this.peer = peer;
        this.isOutgoing = isOutgoing;
        this.conversations = conversations;
    }

    /** Explain the path from FROM to TO for the given traffic, if any. One of the two has to be a VM. */
    public static ReachExplanation of(Endpoints standpoints, Map<String, List<String>> parameters, List<String> words)
            throws CommandException {
        var from = words.getFirst();
        var to = words.get(1);
        var speaker = standpoints.named(from, parameters);
        var guest = speaker.or(() -> standpoints.named(to, parameters)).orElseThrow(() -> noGuest(from, to));
        var isOutgoing = speaker.isPresent();
        GuestScenario scene;
        Peer peer;
        try {
            scene = guest.scenario();
            peer = guest.peers(scene, isOutgoing ? to : from).getFirst();
        } catch (EndpointException unusable) {
            throw CommandException.failure(unusable.diagnostic());
        }
        List<Traffic> traffic = words.size() > 2
                ? List.of(traffic(words.get(2)))
                : guest.setting().traffic();
        Map<Traffic, Conversation> conversations = new LinkedHashMap<>();
        traffic.forEach(spoken -> conversations.put(
                spoken, scene.judge(isOutgoing ? scene.outgoing(peer, spoken) : scene.incoming(peer, spoken))));
        return new ReachExplanation(guest, peer, isOutgoing, conversations);
    }

    private static CommandException noGuest(String from, String to) {
        return CommandException.failure(Diagnostic.error(
                Code.NOTHING_SELECTED,
                "Neither '" + from + "' nor '" + to + "' is a guest, or a filter at a network, that is known here.",
                "Name one as vm/NAME, pool/NAME, FILTER@NETWORK or @NETWORK."));
    }

    private static Traffic traffic(String word) throws CommandException {
        return Traffic.parse(word)
                .orElseThrow(() -> CommandException.usage(
                        "'" + word + "' is nothing that can be asked about.", "Write tcp/443, udp/53 or ping."));
    }

    public List<String> lines(AnsiStyle paint) {
        List<String> lines = new ArrayList<>();
        conversations.forEach((traffic, conversation) -> {
            var from = isOutgoing ? guest.name() : named();
            var to = isOutgoing ? named() : guest.name();
            var word = OutcomeNames.of(conversation.outcome());
            lines.add(paint.bold(from + " -> " + to + " " + traffic + ": ")
                    + switch (conversation.outcome()) {
                        case OPEN -> paint.green(word);
                        case ONE_WAY -> paint.yellow(word);
                        case CLOSED -> paint.red(word);
                    });
            lines.add("  there: " + sentence(conversation.request()));
            if (conversation.request().passes()) {
                lines.add("  back:  " + sentence(conversation.reply()));
            }
        });
        if (!guest.assumed().isEmpty()) {
            lines.add("Assumed, as no guest gives it: " + String.join(", ", guest.assumed()));
        }
        return lines;
    }

    public Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("from", isOutgoing ? guest.name() : peer.name());
        report.put("to", isOutgoing ? peer.name() : guest.name());
        report.put("address", peer.address().toString());
        report.put("assumed", guest.assumed());
        Map<String, Object> traffic = new LinkedHashMap<>();
        conversations.forEach(
                (spoken, conversation) -> traffic.put(spoken.toString(), MatrixReport.conversation(conversation)));
        report.put("traffic", traffic);
        return report;
    }

    private String named() {
        var address = peer.address().toString();
        return Optional.of(peer.name()).filter(address::equals).orElse(peer.name() + " (" + address + ")");
    }

    private static String sentence(ReachVerdict verdict) {
        return (verdict.passes() ? "passes: " : "is stopped: ") + verdict.cause();
    }
}
