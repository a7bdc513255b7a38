package dev.paddock.nwfilter.protocol;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.Types;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Words, and lists of words. */
public final class WordLists {
    private static final List<String> STATES = List.of("NEW", "ESTABLISHED", "RELATED", "INVALID", "NONE");
    private static final List<String> TCP = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG");

    private static final String SOME_STATES = "(NEW|ESTABLISHED|RELATED|INVALID)";
    private static final String SOME_FLAGS = "((SYN|ACK|URG|PSH|FIN|RST)(,(SYN|ACK|URG|PSH|FIN|RST))*|ALL|NONE)";

    /** Connection states: a set that libvirt writes in its own order. */
    static final ValueFormat STATE = new ValueFormat(
            Types.pattern(
                    "a list of connection states", SOME_STATES + "(," + SOME_STATES + ")*|NONE", "NEW,ESTABLISHED"),
            text -> sorted(text, STATES));

    /** The TCP flags to test, and those of them that have to be set. */
    static final ValueFormat TCP_FLAGS = new ValueFormat(
            Types.pattern("a mask of TCP flags and the flags set", SOME_FLAGS + "/" + SOME_FLAGS, "SYN,ACK/SYN"),
            WordLists::tcpFlags);

    static final ValueFormat IPSET = new ValueFormat(
                    Types.pattern("the name of an ipset", "[a-zA-Z0-9_.:+\\- ]{1,31}", "blocked"), Normalizer.TEXT)
            .orVariable();

    static final ValueFormat IPSET_FLAGS = new ValueFormat(
            Types.pattern(
                    "one to six of src and dst",
                    "([sS][rR][cC]|[dD][sS][tT])(,([sS][rR][cC]|[dD][sS][tT])){0,5}",
                    "src,dst"),
            Normalizers.LOWER);

    /** libvirt reads any text except these as false. */
    static final ValueFormat TRUTH = new ValueFormat(
            Types.TRUE_FALSE, text -> List.of("true", "yes", "1").contains(text) ? "true" : "false");

    /** The schema allows only the words that turn off stateful matching. */
    public static final Normalizer STATEMATCH = text -> text.equals("0") ? "false" : Normalizers.LOWER.apply(text);

    public static final ScalarType ACTION = Types.oneOf("an action", "accept", "drop", "reject", "return", "continue");
    public static final ScalarType DIRECTION = Types.oneOf("a direction", "in", "out", "inout");

    private WordLists() {}

    private static String sorted(String list, List<String> order) {
        var words = Arrays.asList(list.split(","));
        return order.containsAll(words)
                ? order.stream().filter(words::contains).collect(Collectors.joining(","))
                : list;
    }

    private static String tcpFlags(String text) {
        return Arrays.stream(text.split("/", -1)).map(WordLists::tcpFlagSet).collect(Collectors.joining("/"));
    }

    private static String tcpFlagSet(String list) {
        var set = sorted(list, TCP);
        return set.equals(String.join(",", TCP)) ? "ALL" : set;
    }
}
