package dev.paddock.host.libvirt.domain;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.host.libvirt.binding.ClientLibrary;
import dev.paddock.host.libvirt.binding.DomainCalls;
import dev.paddock.host.libvirt.binding.LibvirtError;
import dev.paddock.host.libvirt.connection.WriteConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files with the UEFI variables of VMs. libvirt names them by VM when one is created, and a renamed VM keeps its
 * file: a new VM with the old name would write to the same file, and removing one of the two would delete it for both.
 */
final class UefiVariables {
    private static final String NVRAM = "nvram";
    private static final String SUFFIX = "_VARS.fd";

    private UefiVariables() {}

    /** Return a document with a file of its own if the one that libvirt would choose is another VM's. */
    static Element separated(WriteConnection connection, Element domain) {
        var os = domain.child("os");
        var name = domain.childText("name").orElse("");
        var uuid = domain.childText("uuid").map(String::strip).orElse("");
        var isChosen = os.filter(
                        part -> part.attribute("firmware").filter("efi"::equals).isPresent())
                .filter(part ->
                        part.child(NVRAM).isEmpty() && part.child("loader").isEmpty())
                .isPresent();
        if (!isChosen || uuid.isEmpty() || isThere(connection, uuid)) {
            return domain;
        }
        return namesOfOthers(connection, uuid).stream()
                .filter(file -> file.endsWith("/" + name + SUFFIX))
                .findFirst()
                .map(file -> file.substring(0, file.lastIndexOf('/') + 1) + uuid + SUFFIX)
                .map(file ->
                        domain.withChild(os.orElseThrow().plus(Element.of(NVRAM).withText(file))))
                .orElse(domain);
    }

    private static boolean isThere(WriteConnection connection, String uuid) {
        return !documents(connection, uuid::equals).isEmpty();
    }

    /** Return whether another VM has the same file as this one. */
    static boolean isShared(WriteConnection connection, Pointer guest) {
        var own = documents(guest);
        var uuid = own.stream()
                .flatMap(document -> document.childText("uuid").stream())
                .findFirst();
        var files = own.stream().flatMap(document -> file(document).stream()).toList();
        var isUefi = own.stream()
                .flatMap(document -> document.children("os").stream())
                .anyMatch(os -> os.attribute("firmware").isPresent()
                        || os.child("loader").isPresent());
        if (!isUefi || uuid.isEmpty()) {
            return false;
        }
        var name = own.getFirst().childText("name").orElse("");
        return namesOfOthers(connection, uuid.get()).stream()
                .anyMatch(file -> files.isEmpty() ? file.endsWith("/" + name + SUFFIX) : files.contains(file));
    }

    private static List<String> namesOfOthers(WriteConnection connection, String uuid) {
        return documents(connection, other -> !other.equals(uuid)).stream()
                .flatMap(document -> file(document).stream())
                .toList();
    }

    /** Since 8.5, a file can be given as a source as well. */
    private static Optional<String> file(Element domain) {
        var nvram = domain.child("os").flatMap(os -> os.child(NVRAM));
        return nvram.map(element -> element.text().strip())
                .filter(text -> !text.isEmpty())
                .or(() ->
                        nvram.flatMap(element -> element.child("source")).flatMap(source -> source.attribute("file")));
    }

    /** Return the documents of VMs, of running ones both. */
    private static List<Element> documents(WriteConnection connection, Predicate<String> uuids) {
        var array = new PointerByReference();
        var count = DomainCalls.virConnectListAllDomains(connection.pointer(), array, 0);
        if (count < 0) {
            throw connection.failure();
        }
        var guests = array.getValue().getPointerArray(0, count);
        ClientLibrary.free(array.getValue());
        List<Element> found = new ArrayList<>();
        try {
            for (var guest : guests) {
                documents(guest).stream()
                        .filter(document -> uuids.test(
                                document.childText("uuid").map(String::strip).orElse("")))
                        .forEach(found::add);
            }
        } finally {
            for (var guest : guests) {
                DomainCalls.virDomainFree(guest);
            }
        }
        return found;
    }

    private static List<Element> documents(Pointer guest) {
        List<Element> documents = new ArrayList<>();
        for (var flags : List.of(DomainReader.INACTIVE, 0)) {
            var text = DomainCalls.virDomainGetXMLDesc(guest, flags);
            if (text == null) {
                // It has disappeared since the listing.
                LibvirtError.take();
                continue;
            }
            try {
                documents.add(XmlReader.read(ClientLibrary.take(text)));
            } catch (XmlException malformed) {
                throw new IllegalStateException("libvirt's own document is not well-formed.", malformed);
            }
        }
        return documents;
    }
}
