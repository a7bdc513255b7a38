package dev.paddock.storage;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The permissions of a folder or a file. */
final class StoragePermissions {
    /** An octal number, with or without a leading zero. */
    static final Normalizer MODE = text -> {
        var number = text.strip();
        return number.matches("[0-7]{1,10}") ? "0" + Long.toOctalString(Long.parseLong(number, 8)) : text;
    };

    private StoragePermissions() {}

    /** Return the permissions; an owner or group of -1 counts as absent. */
    static Optional<Element> form(Element permissions) {
        List<Element> children = new ArrayList<>();
        for (var name : List.of("mode", "owner", "group", "label")) {
            ElementReader.text(permissions, name)
                    .filter(text -> !isNobody(name, text))
                    .ifPresent(text -> children.add(Element.of(name).withText(text)));
        }
        return ElementReader.unlessEmpty(Element.of("permissions").withChildren(children));
    }

    /** libvirt parses the owner as a floating-point number, and does not write one with all bits set. */
    static boolean isNobody(String name, String text) {
        var number = Normalizers.INTEGER.apply(text.strip());
        return (name.equals("owner") || name.equals("group")) && (number.equals("-1") || number.equals("4294967295"));
    }
}
