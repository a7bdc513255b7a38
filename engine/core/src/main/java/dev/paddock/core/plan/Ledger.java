package dev.paddock.core.plan;

import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.rule.Normalizers;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.resource.ResourceUuid;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What cannot be seen in objects of a kind that keeps no metadata: a filter that is bound to nothing, with a reference for
 * each object that there is something to know of, and the parameters that say it.
 *
 * @param entries by the name of the reference
 */
record Ledger(Map<String, Entry> entries) {
    static final ResourceId ID = new ResourceId("nwfilter", "paddock-ledger");
    private static final String UUID = "UUID";
    private static final String OWNER = "OWNER";
    private static final String PROTECT = "PROTECT";

    /**
     * What there is to know of one object.
     *
     * @param uuid the object's; of another object of the same name, nothing is said
     * @param owner the UUID that its project gives to an object of this name, as a project's name fits no parameter
     * @param protect whether it outlives the end of its declaration
     */
    record Entry(String uuid, String owner, boolean protect) {
        static Entry of(String project, ResourceId id, String uuid, boolean protect) {
            return new Entry(uuid, ResourceUuid.uuid(project, id), protect);
        }

        /** Return what plans say of it. */
        String phrase() {
            return uuid + (protect ? ", protected" : "");
        }

        boolean isOf(String project, ResourceId id) {
            return owner.equals(ResourceUuid.uuid(project, id));
        }
    }

    Ledger {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    static Ledger of(Element filter) {
        Map<String, Entry> entries = new TreeMap<>();
        for (var reference : filter.children("filterref")) {
            var uuid = parameter(reference, UUID).map(Normalizers.UUID::apply);
            var owner = parameter(reference, OWNER).map(Normalizers.UUID::apply);
            var name = reference.attribute("filter");
            if (name.isPresent() && uuid.isPresent() && owner.isPresent()) {
                var protect = parameter(reference, PROTECT).isPresent();
                entries.put(name.get(), new Entry(uuid.get(), owner.get(), protect));
            }
        }
        return new Ledger(entries);
    }

    private static Optional<String> parameter(Element reference, String name) {
        return reference.children("parameter").stream()
                .filter(parameter -> parameter.attribute("name").orElse("").equals(name))
                .findFirst()
                .flatMap(parameter -> parameter.attribute("value"));
    }

    /**
     * Return the name that an object goes by: a filter its own, which libvirt shows to refer to something; any other
     * its kind and UUID, as its name may fit no filter's.
     */
    static String name(ResourceId id, String uuid) {
        return id.kind().equals(ID.kind()) ? id.name() : id.kind() + "." + uuid.replace("-", "");
    }

    /** Return what is known of an object with this UUID. */
    Optional<Entry> entry(ResourceId id, String uuid) {
        return Optional.ofNullable(entries.get(name(id, uuid)))
                .filter(entry -> entry.uuid().equals(uuid));
    }

    String xml(String uuid) {
        var filter = Element.of("filter")
                .withAttribute("name", ID.name())
                .withAttribute("chain", "root")
                .plus(Element.of("uuid").withText(uuid));
        for (var known : entries.entrySet()) {
            var entry = known.getValue();
            var reference = Element.of("filterref")
                    .withAttribute("filter", known.getKey())
                    .plus(parameterOf(OWNER, entry.owner().replace("-", "")));
            if (entry.protect()) {
                reference = reference.plus(parameterOf(PROTECT, "yes"));
            }
            filter = filter.plus(reference.plus(parameterOf(UUID, entry.uuid().replace("-", ""))));
        }
        return XmlWriter.write(filter);
    }

    private static Element parameterOf(String name, String value) {
        return Element.of("parameter").withAttribute("name", name).withAttribute("value", value);
    }
}
