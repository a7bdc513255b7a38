package dev.paddock.storage;

import dev.paddock.api.xml.Element;
import java.util.List;

/** The adapter of a SCSI pool, as virStorageAdapterFormat in libvirt's src/conf/storage_adapter_conf.c writes it. */
final class ScsiAdapter {
    private static final String HOST = "scsi_host";

    private ScsiAdapter() {}

    static Element form(Element adapter) {
        var type = adapter.attribute("type").orElse(HOST);
        if (!type.equals(HOST)) {
            return ElementReader.only(
                    adapter,
                    "type",
                    "parent",
                    "parent_wwnn",
                    "parent_wwpn",
                    "parent_fabric_wwn",
                    "managed",
                    "wwnn",
                    "wwpn");
        }
        var form = ElementReader.only(adapter, "name").withAttribute("type", HOST);
        var parent = adapter.child("parentaddr");
        if (form.attribute("name").isPresent() || parent.isEmpty()) {
            return form;
        }
        var address = parent.get().child("address").map(ScsiAdapter::address);
        var formed = ElementReader.only(parent.get(), "unique_id");
        return form.plus(address.isPresent() ? formed.plus(address.get()) : formed);
    }

    /** Missing parts of the address are zero. */
    private static Element address(Element address) {
        var form = Element.of("address");
        for (var part : List.of("domain", "bus", "slot", "function")) {
            form = form.withAttribute(part, address.attribute(part).orElse("0"));
        }
        return form;
    }
}
