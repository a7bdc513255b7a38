package dev.paddock.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked of a declared snapshot, and what is not. */
class SnapshotKindTest {
    private static final ResourceId ID = new ResourceId("snapshot", "dev/clean");

    private final SnapshotKind kind = new SnapshotKind();

    private static Element element(String xml) {
        try {
            return XmlReader.read(xml);
        } catch (XmlException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private Element taken(Element declared) {
        var desired = new DesiredResource(ID, declared, DesiredState.ACTIVE, Optional.empty());
        return kind.create(desired).getFirst() instanceof Action.Define define
                ? element(define.xml()
                        .replace(
                                "</domainsnapshot>",
                                "<state>running</state><memory snapshot='internal'/>"
                                        + "<domain><name>dev</name></domain></domainsnapshot>"))
                : declared;
    }

    @Test
    void whatItHoldsIsNotCompared() {
        var declared = element("<domainsnapshot><name>clean</name><description>Mine.</description></domainsnapshot>");

        assertThat(kind.comparable(taken(declared))).isEqualTo(kind.comparable(declared));
    }

    @Test
    void oneThatWasDeclaredIsToldFromOneThatWasNot() {
        var declared = element("<domainsnapshot><name>clean</name></domainsnapshot>");

        assertThat(kind.owner(taken(declared)).flatMap(guest -> guest.childText("name")))
                .contains("dev");
        assertThat(
                        kind.owner(
                                element(
                                        "<domainsnapshot><description>By hand.</description><domain><name>dev</name></domain></domainsnapshot>")))
                .isEmpty();
        assertThat(kind.describe(taken(declared))).isEmpty();
    }

    @Test
    void thoseOfAPoolsGuestAreNobodysToDeclare() {
        assertThat(kind.isFleeting(taken(element("<domainsnapshot><name>clean</name></domainsnapshot>"))))
                .isFalse();
        assertThat(kind.isFleeting(element("""
                <domainsnapshot>
                  <domain>
                    <metadata>
                      <pool:slot xmlns:pool='https://paddock.dev/xmlns/pool/1' pool='agents' uuid='u' number='1'
                          incarnation='i' digest='d'/>
                    </metadata>
                  </domain>
                </domainsnapshot>
                """))).isTrue();
    }

    @Test
    void itComesAfterItsGuest() {
        assertThat(kind.references(ID, element("<domainsnapshot/>")))
                .containsExactly(new ResourceReference(new ResourceId("vm", "dev"), "vm"));
    }
}
