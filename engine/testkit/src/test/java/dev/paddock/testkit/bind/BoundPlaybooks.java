package dev.paddock.testkit.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.core.bind.BindResult;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.resource.DeclaredResource;
import java.util.List;
import java.util.ServiceLoader;

/** Playbooks as all kinds bind them. */
public final class BoundPlaybooks {
    private static final Binder BINDER = new Binder(ServiceLoader.load(Kind.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());

    private BoundPlaybooks() {}

    /** Bind a playbook of which nothing is to be told. */
    public static BindResult sound(String yaml) {
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
    public static Element document(BindResult bound, String id) {
        return bound.resources().stream()
                .filter(resource -> resource.id().toString().equals(id))
                .findFirst()
                .map(DeclaredResource::document)
                .orElseThrow(() -> new AssertionError("no " + id));
    }

    public static String xml(BindResult bound, String id) {
        return XmlWriter.write(document(bound, id));
    }
}
