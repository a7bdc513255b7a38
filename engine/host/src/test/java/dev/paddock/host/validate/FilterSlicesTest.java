package dev.paddock.host.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Unsliced, these would take minutes. */
@Timeout(60)
class FilterSlicesTest {
    private static final String MANY = """
            <filter name='f'><rule action='drop' direction='in'>
            <stp srcmacaddr='52:54:00:00:00:01' srcmacmask='ff:ff:ff:00:00:00' type='1' flags='2' root-priority='3'
              root-priority-hi='4' root-address='52:54:00:00:00:02' root-address-mask='ff:ff:ff:00:00:00' root-cost='5'
              root-cost-hi='6' sender-priority='7' sender-priority-hi='8' sender-address='52:54:00:00:00:03'
              sender-address-mask='ff:ff:ff:00:00:00' port='9' port-hi='10' age='11' age-hi='12' max-age='13'
              max-age-hi='14' hello-time='15' hello-time-hi='16' forward-delay='17' forward-delay-hi='18'/>
            </rule></filter>
            """;

    private final LibvirtSchemas schemas = new LibvirtSchemas();

    @Test
    void aRuleOfManyAttributesIsCheckedInNoTime() {
        assumeTrue(Files.isDirectory(LibvirtSchemas.INSTALLED));
        var verdict = schemas.check("nwfilter.rng", MANY);

        assertThat(verdict).isEqualTo(new SchemaVerdict.Checked(List.of()));
    }

    @Test
    void aMistakeAmongManyAttributesIsFound() {
        assumeTrue(Files.isDirectory(LibvirtSchemas.INSTALLED));
        var verdict = schemas.check("nwfilter.rng", MANY.replace("max-age-hi='14'", "max-age-hi='many'"));

        assertThat(verdict)
                .isInstanceOfSatisfying(SchemaVerdict.Checked.class, checked -> assertThat(checked.problems())
                        .anySatisfy(problem -> assertThat(problem).contains("max-age-hi")));
    }

    @Test
    void aSecondProtocolIsFoundToo() {
        assumeTrue(Files.isDirectory(LibvirtSchemas.INSTALLED));
        var verdict = schemas.check("nwfilter.rng", MANY.replace("</rule>", "<arp/></rule>"));

        assertThat(verdict)
                .isInstanceOfSatisfying(SchemaVerdict.Checked.class, checked -> assertThat(checked.problems())
                        .isNotEmpty());
    }

    @Test
    void aRuleOfFewAttributesStaysWhole() {
        assertThat(FilterSlices.of(
                        "<filter name='f'><rule action='drop' direction='in'><stp type='1'/></rule></filter>"))
                .isEmpty();
    }
}
