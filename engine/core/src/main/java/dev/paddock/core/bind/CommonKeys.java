package dev.paddock.core.bind;

import dev.paddock.api.kind.ContainedKind;
import dev.paddock.api.kind.DataKind;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.LiveKind;
import dev.paddock.api.kind.ShorthandKind;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.core.load.YamlNode;
import dev.paddock.core.resource.ChangePolicy;
import dev.paddock.core.rollout.RolloutBuilder;
import dev.paddock.core.schema.ScalarReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that resources of every kind have: which there are, and their values for one resource.
 *
 * @param autostart absent where the playbook does not set it
 * @param valid false if a value was invalid, which has been reported; the default then stands in for it
 */
public record CommonKeys(
        DesiredState state,
        Optional<Boolean> autostart,
        boolean protect,
        boolean validate,
        ChangePolicy onChange,
        boolean valid) {
    /** The keys of a play, apart from those of kinds. */
    static final List<String> PLAY = List.of(
            "name",
            "project",
            "hosts",
            RolloutBuilder.SERIAL,
            RolloutBuilder.MAX_FAILURES,
            "vars",
            "vars_files",
            "include",
            "tags",
            "when",
            ExpectationBinder.KEY);

    /** The keys of a fragment, apart from those of kinds. */
    static final List<String> FRAGMENT = List.of("name", "vars", "include", "tags", "when", ExpectationBinder.KEY);

    private static final Map<String, ChangePolicy> CHANGE_POLICIES = Map.of(
            "live", ChangePolicy.LIVE,
            "next-boot", ChangePolicy.NEXT_BOOT,
            "restart", ChangePolicy.RESTART,
            "replace", ChangePolicy.REPLACE);

    /** Return the keys that a resource of this kind has beside those of its schema. */
    public static List<String> names(Kind kind) {
        if (DataKind.of(kind).isShared()) {
            return List.of("name", "tags", "when", "for_each");
        }
        List<String> keys = new ArrayList<>(List.of("name", "state"));
        ContainedKind.of(kind).within().ifPresent(keys::add);
        if (kind.hasState()) {
            keys.add("autostart");
        }
        keys.addAll(
                List.of("protect", "validate", "tags", "when", "for_each", "on_change", "xml", "template", "values"));
        if (ShorthandKind.of(kind).templates().isPresent()) {
            keys.add(kind.root());
        }
        return keys;
    }

    /** Return the key that names a Freemarker template of the user's own. */
    public static String templateKey(Kind kind) {
        return ShorthandKind.of(kind).templates().isPresent() ? kind.root() : "template";
    }

    /** Return the values of {@code state}. */
    public static Map<String, DesiredState> states(Kind kind) {
        Map<String, DesiredState> states = new LinkedHashMap<>();
        if (kind.hasState()) {
            states.put("active", DesiredState.ACTIVE);
            states.put("running", DesiredState.ACTIVE);
            if (LiveKind.of(kind).canPause()) {
                states.put("paused", DesiredState.PAUSED);
            }
            states.put("inactive", DesiredState.INACTIVE);
            states.put("stopped", DesiredState.INACTIVE);
        }
        states.put("present", DesiredState.ACTIVE);
        states.put("absent", DesiredState.ABSENT);
        return states;
    }

    /** Return the values of {@code on_change}, sorted. */
    public static Set<String> changePolicies() {
        return new TreeSet<>(CHANGE_POLICIES.keySet());
    }

    /**
     * Read the common keys of a resource, reporting an error for each invalid value.
     *
     * @param keys evaluated
     */
    static CommonKeys read(Kind kind, YamlNode.Mapping keys, ScalarReader scalars) {
        var states = states(kind);
        var state = keys.nonNull("state")
                .map(node -> scalars.choice(node, "a state of a resource", states))
                .orElse(Optional.of(DesiredState.ACTIVE));
        var autostartNode = keys.nonNull("autostart");
        var autostart = autostartNode.flatMap(scalars::bool);
        var protect = keys.nonNull("protect").map(scalars::bool).orElse(Optional.of(false));
        var validate = keys.nonNull("validate").map(scalars::bool).orElse(Optional.of(true));
        var onChange = keys.nonNull("on_change")
                .map(node -> scalars.choice(node, "what a change may cost", CHANGE_POLICIES))
                .orElse(Optional.of(defaultPolicy(kind)));
        var valid = state.isPresent()
                && autostartNode.isPresent() == autostart.isPresent()
                && protect.isPresent()
                && validate.isPresent()
                && onChange.isPresent();
        return new CommonKeys(
                state.orElse(DesiredState.ACTIVE),
                autostart,
                protect.orElse(false),
                validate.orElse(true),
                onChange.orElse(defaultPolicy(kind)),
                valid);
    }

    /** Return the keys of a resource that another resource asks for: it is started with the host. */
    static CommonKeys derived(Kind kind, DesiredState state) {
        return new CommonKeys(
                state == DesiredState.ABSENT ? DesiredState.ABSENT : DesiredState.ACTIVE,
                kind.hasState() ? Optional.of(true) : Optional.empty(),
                false,
                true,
                defaultPolicy(kind),
                true);
    }

    private static ChangePolicy defaultPolicy(Kind kind) {
        return ChangePolicy.upTo(LiveKind.of(kind).changesAllowed());
    }
}
