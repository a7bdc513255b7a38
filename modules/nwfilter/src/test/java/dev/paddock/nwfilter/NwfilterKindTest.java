package dev.paddock.nwfilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.change.Change;
import dev.paddock.api.change.Cost;
import dev.paddock.api.host.Observed;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.kind.UpdateRequest;
import dev.paddock.api.resource.DesiredResource;
import dev.paddock.api.resource.DesiredState;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.resource.ResourceReference;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NwfilterKindTest {
    private static final String UUID = "6ba7b810-9dad-51d1-80b4-00c04fd430c8";
    private static final ResourceId ID = new ResourceId("nwfilter", "f");

    private final NwfilterKind kind = new NwfilterKind();

    @Test
    void theKindIsFound() {
        assertThat(ServiceLoader.load(Kind.class)).hasAtLeastOneElementOfType(NwfilterKind.class);
    }

    @Test
    void everyFilterThatIsNamed_isNeeded() {
        var filter = Filters.read("<filter name='f'><filterref filter='a'/><rule action='drop' direction='in'/>"
                + "<filterref filter='b'/></filter>");
        assertThat(kind.references(ID, filter))
                .containsExactly(
                        new ResourceReference(new ResourceId("nwfilter", "a"), "filterref[1]/@filter")
                                .in("rules/0/filterref/filter"),
                        new ResourceReference(new ResourceId("nwfilter", "b"), "filterref[2]/@filter")
                                .in("rules/2/filterref/filter"));
    }

    @Test
    void theIdentityIsSet_whereverItStood() {
        var filter = Filters.read("<filter name='f'><filterref filter='a'/><uuid>x</uuid></filter>");
        assertThat(kind.uuid(kind.identified(filter, UUID))).contains(UUID);
        assertThat(kind.identified(filter, UUID).children("uuid")).hasSize(1);
    }

    @Test
    void aNewFilter_isDefined() {
        var steps = kind.create(desired(Filters.withRule("<all/>")));
        assertThat(steps).singleElement().isInstanceOf(Action.Define.class);
    }

    @Test
    void aFilterThatChanges_isDefinedAgainUnderItsIdentity() {
        var merged = Filters.withRule("<tcp dstportstart='80'/>");
        var steps = kind.update(new UpdateRequest(desired(merged), present(merged), merged, List.of(change())));
        assertThat(steps).singleElement().isInstanceOfSatisfying(Action.Define.class, define -> assertThat(
                        Filters.read(define.xml()))
                .isEqualTo(kind.identified(merged, UUID)));
    }

    @Test
    void whatLibvirtsSchemaRefusesAndNobodyMisses_isLeftOut() {
        var steps = kind.create(desired(Filters.withRule("<rarp protocolid='rarp' opcode='1'/>")));
        assertThat(steps)
                .containsExactly(new Action.Define(ID, XmlWriter.write(Filters.withRule("<rarp opcode='1'/>"))));
    }

    @Test
    void aFilterThatGoes_isUndefined() {
        assertThat(kind.delete(ID, present(Filters.withRule("<all/>")))).containsExactly(new Action.Undefine(ID));
    }

    @Test
    void onlyTheIdentityCostsMoreThanNothing() {
        assertThat(kind.rules().rules())
                .filteredOn(rule -> rule.cost() != Cost.LIVE)
                .extracting("path")
                .containsExactly("@name", "uuid");
    }

    @Test
    void whatLibvirtDrops_isTold() {
        var filter = Filters.read("""
                <filter name='f' priority='5'>
                  <rule action='drop' direction='in' priority='7 '><tcp ipset='x' ipsetflags='src'/></rule>
                  <rule action='drop' direction='in'><all match='no'/></rule>
                </filter>""");
        assertThat(kind.dropped(filter))
                .containsExactly(
                        "@priority",
                        "rule[1]/@priority",
                        "rule[1]/tcp/@ipset",
                        "rule[1]/tcp/@ipsetflags",
                        "rule[2]/all/@match");
    }

    private static DesiredResource desired(Element document) {
        return new DesiredResource(ID, document, DesiredState.ACTIVE, Optional.empty());
    }

    private static Observed.Present present(Element document) {
        return new Observed.Present(UUID, document, Optional.empty(), true, true, false);
    }

    private static Change change() {
        return new Change(
                "rule[1]/tcp/@dstportstart",
                "rule/tcp/@dstportstart",
                Change.Action.CHANGE,
                Optional.of("81"),
                Optional.of("80"),
                Change.Extent.DEFINED,
                Cost.LIVE,
                "");
    }
}
