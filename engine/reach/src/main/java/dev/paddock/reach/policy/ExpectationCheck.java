package dev.paddock.reach.policy;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.core.resource.Expectation;
import dev.paddock.reach.matrix.Conversation;
import dev.paddock.reach.matrix.GuestScenario;
import dev.paddock.reach.matrix.Peer;
import dev.paddock.reach.matrix.SpoofingAttempt;
import dev.paddock.reach.matrix.Traffic;
import dev.paddock.reach.matrix.VerdictCause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what passes with the expectations of a playbook. */
final class ExpectationCheck {
    private static final String OTHERS = "others";
    private static final String LEASE = "dhcp";

    private final Endpoints standpoints;

    ExpectationCheck(Endpoints standpoints) {
        this.standpoints = standpoints;
    }

    List<Diagnostic> of(Expectation expectation) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        expectation.parameters().forEach((name, value) -> parameters.put(name, List.of(value)));
        var speaker = standpoints.named(expectation.from(), parameters);
        var listener = expectation.to().flatMap(name -> standpoints.named(name, parameters));
        var guest = speaker.or(() -> listener);
        if (guest.isEmpty()) {
            var near = Suggestion.nearest(
                    expectation.from(),
                    standpoints.all().stream().map(Endpoint::name).toList());
            return List.of(mistake(
                    Code.UNKNOWN_REFERENCE,
                    expectation,
                    "'" + expectation.from() + "' is no guest and no filter at a network that is declared here.",
                    near.map(name -> "Did you mean '" + name + "'?")
                            .orElse("Name a guest as vm/NAME, those of a pool as pool/NAME, or FILTER@NETWORK.")));
        }
        try {
            return new Check(expectation, guest.get(), guest.get().scenario(), speaker.isPresent()).all();
        } catch (EndpointException unusable) {
            return List.of(mistake(
                    Code.FILTER_UNUSABLE,
                    expectation,
                    unusable.diagnostic().detail(),
                    "Declare what is missing, or give parameters in the expectation."));
        }
    }

    private static Diagnostic mistake(Code code, Expectation expectation, String detail, String fix) {
        return Diagnostic.error(code, expectation.place(), detail, fix);
    }

    /** The check of one expectation. */
    private static final class Check {
        private final Expectation expectation;
        private final Endpoint guest;
        private final GuestScenario scene;
        private final boolean isOutgoing;
        private final List<Diagnostic> found = new ArrayList<>();

        Check(Expectation expectation, Endpoint guest, GuestScenario scene, boolean isOutgoing) {
            this.expectation = expectation;
            this.guest = guest;
            this.scene = scene;
            this.isOutgoing = isOutgoing;
        }

        List<Diagnostic> all() {
            expectation.allow().forEach(word -> word(word, true));
            expectation.deny().forEach(word -> word(word, false));
            return found;
        }

        private void word(String word, boolean isAllowed) {
            if (word.equals(LEASE)) {
                var lease = scene.judge(scene.lease());
                tell(word, isAllowed, lease.outcome() == Conversation.Outcome.OPEN, lease.cause());
                return;
            }
            var misdeed = Arrays.stream(SpoofingAttempt.values())
                    .filter(known -> known.key().equals(word))
                    .findFirst();
            if (misdeed.isPresent()) {
                var verdict = scene.misdeed(misdeed.get());
                tell(word, isAllowed, verdict.passes(), verdict.cause());
                return;
            }
            var traffic = traffic(word, isAllowed);
            if (traffic.isEmpty()) {
                found.add(mistake(
                        Code.BAD_VALUE,
                        expectation,
                        "'" + word + "' is nothing that can be expected.",
                        "Write tcp/443, udp/53, ping, dhcp, others, or one of: "
                                + String.join(
                                        ", ",
                                        Arrays.stream(SpoofingAttempt.values())
                                                .map(SpoofingAttempt::key)
                                                .toList())
                                + "."));
                return;
            }
            peers().forEach(peer -> traffic.forEach(spoken -> spoken(peer, spoken, isAllowed)));
        }

        private Set<Traffic> traffic(String word, boolean isAllowed) {
            if (!word.equals(OTHERS) || isAllowed) {
                return Traffic.parse(word).map(Set::of).orElse(Set.of());
            }
            Set<Traffic> others = new LinkedHashSet<>(guest.setting().traffic());
            expectation.allow().forEach(named -> Traffic.parse(named).ifPresent(others::remove));
            return others;
        }

        private List<Peer> peers() {
            var name = isOutgoing ? expectation.to() : Optional.of(expectation.from());
            if (name.isEmpty()) {
                found.add(mistake(Code.MISSING_KEY, expectation, "The peer is missing.", "Add 'to: ...'."));
                return List.of();
            }
            try {
                return guest.peers(scene, name.get());
            } catch (EndpointException unknown) {
                var told = unknown.diagnostic();
                found.add(mistake(
                        Code.UNKNOWN_REFERENCE,
                        expectation,
                        told.detail(),
                        told.fix().orElse("")));
                return List.of();
            }
        }

        private void spoken(Peer peer, Traffic traffic, boolean isAllowed) {
            var conversation = scene.judge(isOutgoing ? scene.outgoing(peer, traffic) : scene.incoming(peer, traffic));
            var isOpen =
                    switch (conversation.outcome()) {
                        case OPEN -> true;
                        case CLOSED -> false;
                        // A datagram that arrives is enough; a connection needs the reply.
                        case ONE_WAY -> !isAllowed && traffic instanceof Traffic.Udp;
                    };
            tell(traffic.toString(), isAllowed, isOpen, conversation.cause());
        }

        private void tell(String what, boolean isAllowed, boolean isOpen, VerdictCause cause) {
            if (isAllowed == isOpen) {
                return;
            }
            var who = "from " + expectation.from()
                    + expectation.to().map(to -> " to " + to).orElse("");
            found.add(mistake(
                    Code.POLICY_BROKEN,
                    expectation,
                    isAllowed
                            ? "It is expected that " + what + " passes " + who + ", and it is stopped: " + cause + "."
                            : "It is expected that " + what + " does not pass " + who + ", and it does: " + cause + ".",
                    "Correct the filter, or what is expected of it. paddock reach tells more."));
        }
    }
}
