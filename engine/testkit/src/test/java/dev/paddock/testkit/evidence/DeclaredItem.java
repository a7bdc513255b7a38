package dev.paddock.testkit.evidence;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.expression.Literal;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resource as a playbook declares it by its raw document. */
record DeclaredItem(Kind kind, Element document, boolean active) {
    ResourceId id() {
        return new ResourceId(kind.name(), kind.documentName(document).orElseThrow());
    }

    Map<String, Object> yaml() {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", id().name());
        if (kind.hasState()) {
            item.put("state", active ? "active" : "inactive");
        }
        item.put("xml", Literal.of(XmlWriter.write(document)));
        return item;
    }

    DeclaredItem with(Element other) {
        return new DeclaredItem(kind, other, active);
    }

    DeclaredItem in(boolean newActive) {
        return new DeclaredItem(kind, document, newActive);
    }
}
