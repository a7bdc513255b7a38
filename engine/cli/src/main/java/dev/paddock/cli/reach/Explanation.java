package dev.paddock.cli.reach;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Paint;
import dev.paddock.nwfilter.firewall.Build;
import dev.paddock.nwfilter.packet.IpAddress;
import dev.paddock.nwfilter.reach.Conversation;
import dev.paddock.nwfilter.reach.Peer;
import dev.paddock.nwfilter.reach.Peers;
import dev.paddock.nwfilter.reach.Scene;
import dev.paddock.nwfilter.reach.Traffic;
import dev.paddock.nwfilter.reach.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of one thing that somebody says to somebody, step by step. */
public final class Explanation {
    private final Standpoint guest;
    private final Peer peer;
    private final boolean isOutgoing;
    private final Map<Traffic, Conversation> conversations;

    private Explanation(Standpoint guest, Peer peer, boolean isOutgoing, Map<Traffic, Conversation> conversations) {
        this.guest = guest;
        this.peer = peer;
        this.isOutgoing = isOutgoing;
        this.conversations = conversations;
    }

    /** Explain FROM, TO and, where it is given, what is spoken. One of the two has to be a guest. */
    public static Explanation of(Standpoints standpoints, Map<String, List<String>> parameters, List<String> words)
            throws CommandException {
        var from = words.getFirst();
        var to = words.get(1);
        var speaker = standpoints.named(from, parameters);
        var guest = speaker.or(() -> standpoints.named(to, parameters)).orElseThrow(() -> noGuest(from, to));
        var isOutgoing = speaker.isPresent();
        var scene = scene(guest);
        var peer = peers(guest, scene, isOutgoing ? to : from).getFirst();
        List<Traffic> traffic = words.size() > 2
                ? List.of(traffic(words.get(2)))
                : guest.setting().traffic();
        Map<Traffic, Conversation> conversations = new LinkedHashMap<>();
        traffic.forEach(spoken -> conversations.put(
                spoken, scene.judge(isOutgoing ? scene.outgoing(peer, spoken) : scene.incoming(peer, spoken))));
        return new Explanation(guest, peer, isOutgoing, conversations);
    }

    private static CommandException noGuest(String from, String to) {
        return CommandException.failure(Diagnostic.error(
                Code.NOTHING_SELECTED,
                "Neither '" + from + "' nor '" + to + "' is a guest, or a filter at a network, that is known here.",
                "Name one as vm/NAME, pool/NAME, FILTER@NETWORK or @NETWORK."));
    }

    static Scene scene(Standpoint standpoint) throws CommandException {
        return switch (standpoint.setting().settled()) {
            case Build.Ready ready -> standpoint.setting().scene(ready.firewall());
            case Build.Learning learning ->
                throw new IllegalStateException("An address is learned twice. This is a bug in this tool.");
            case Build.Refused why ->
                throw CommandException.failure(Diagnostic.error(
                        Code.FILTER_UNUSABLE,
                        "libvirt could not carry out the filter of " + standpoint.name() + ". " + why.reason(),
                        "Declare what is missing, or give the variables values with --parameter NAME=VALUE."));
        };
    }

    /** Return who is meant: one, or all the addresses of a name that rules of the guest's filter name. */
    static List<Peer> peers(Standpoint guest, Scene scene, String name) throws CommandException {
        var known = Peers.of(scene.network(), scene.neighbor());
        var one = known.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .or(() -> IpAddress.parse(name).map(address -> Peer.at(scene.network(), address)));
        if (one.isPresent()) {
            return List.of(one.get());
        }
        var named = guest.setting().addresses(name);
        if (named.isEmpty()) {
            throw CommandException.failure(Diagnostic.error(
                    Code.NOTHING_SELECTED,
                    "'" + name + "' is nobody that is known here, no address, and no name in the filter.",
                    "Use an address or one of: "
                            + String.join(", ", known.stream().map(Peer::name).toList()) + "."));
        }
        // A name often has addresses of a family that the network does not have.
        var reachable = named.stream()
                .filter(address -> scene.network().gateway(address.isSix()).isPresent())
                .toList();
        return (reachable.isEmpty() ? named : reachable)
                .stream()
                        .map(address -> Peer.at(scene.network(), name, address))
                        .toList();
    }

    private static Traffic traffic(String word) throws CommandException {
        return Traffic.parse(word)
                .orElseThrow(() -> CommandException.usage(
                        "'" + word + "' is nothing that can be asked about.", "Write tcp/443, udp/53 or ping."));
    }

    public List<String> lines(Paint paint) {
        List<String> lines = new ArrayList<>();
        conversations.forEach((traffic, conversation) -> {
            var from = isOutgoing ? guest.name() : named();
            var to = isOutgoing ? named() : guest.name();
            var word = Words.of(conversation.outcome());
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

    private static String sentence(Verdict verdict) {
        return (verdict.passes() ? "passes: " : "is stopped: ") + verdict.cause();
    }
}
