package dev.paddock.testkit.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriting;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.bind.Bound;
import dev.paddock.core.bind.Declared;
import java.util.List;
import java.util.ServiceLoader;

/** Playbooks as all kinds bind them. */
public final class Bindings {
    private static final Binder BINDER = new Binder(ServiceLoader.load(Kind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());

    private Bindings() {}

    /** Bind a playbook of which nothing is to be told. */
    public static Bound sound(String yaml) {
        var bound = BINDER.bindText(yaml);
        assertThat(bound.diagnostics()).isEmpty();
        return bound;
    }

    /** Return the mistakes of a playbook, each with its place. */
    public static List<String> mistakes(String yaml) {
        return BINDER.bindText(yaml).diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(each -> each.place().map(Object::toString).orElse("") + " " + each.detail())
                .toList();
    }

    /** Return the document of a resource, which has to be there. */
    public static Element document(Bound bound, String id) {
        return bound.resources().stream()
                .filter(resource -> resource.id().toString().equals(id))
                .findFirst()
                .map(Declared::document)
                .orElseThrow(() -> new AssertionError("no " + id));
    }

    public static String xml(Bound bound, String id) {
        return XmlWriting.write(document(bound, id));
    }
}
