package dev.paddock.network.change;

import dev.paddock.api.step.Action.Command;
import dev.paddock.api.step.Action.Section;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates of the devices that traffic leaves by.
 *
 * <p>libvirt adds devices only at either end of the list, and does not remove a device that is in use. So the longest
 * possible run of the new order stays, and everything else is added around it.
 */
final class ForwardInterfaces {
    private ForwardInterfaces() {}

    static List<SectionUpdate> between(List<String> from, List<String> to) {
        var kept = longestRun(from, to);
        List<SectionUpdate> updates = new ArrayList<>();
        from.stream()
                .filter(device -> !to.subList(kept.start(), kept.end()).contains(device))
                .forEach(device -> updates.add(update(Command.DELETE, device)));
        for (var i = kept.start() - 1; i >= 0; i--) {
            updates.add(update(Command.ADD_FIRST, to.get(i)));
        }
        to.subList(kept.end(), to.size()).forEach(device -> updates.add(update(Command.ADD_LAST, device)));
        return updates;
    }

    private record Run(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /** Return the longest run of one list whose items are in the other list in the same order. */
    private static Run longestRun(List<String> from, List<String> to) {
        var longest = new Run(0, 0);
        for (var start = 0; start < to.size(); start++) {
            var end = start;
            var position = -1;
            while (end < to.size() && from.indexOf(to.get(end)) > position) {
                position = from.indexOf(to.get(end));
                end++;
            }
            var run = new Run(start, end);
            longest = run.length() > longest.length() ? run : longest;
        }
        return longest;
    }

    private static SectionUpdate update(Command command, String device) {
        return SectionUpdate.of(
                command, Section.FORWARD_INTERFACE, Element.of("interface").withAttribute("dev", device));
    }
}
