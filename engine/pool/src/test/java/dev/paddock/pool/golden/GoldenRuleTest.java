package dev.paddock.pool.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.pool.PoolSlot;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.pool.golden.GoldenRule.Decision;
import dev.paddock.pool.slot.PoolTemplate;
import dev.paddock.pool.slot.SavedState;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenRuleTest {
    private static final String UUID = "5a0f6d0e-1111-5222-8333-944445555666";
    private static final PoolTemplate TEMPLATE = template("restore", "<memory>1</memory>", "");
    private static final SavedState GOLDEN = golden(TEMPLATE.digest(), UUID, 1_000);

    private static PoolTemplate template(String reset, String parts, String devices) {
        try {
            return PoolTemplate.of(XmlReader.read("""
                            <domain><name>agents</name><uuid>%s</uuid><metadata>
                              <pool:pool xmlns:pool='https://paddock.dev/xmlns/pool/1' warm='1' max='4' lease='1800'
                                longest='14400' reset='%s' on_empty='wait' patience='30' starts='2' max_age='60'/>
                            </metadata>%s<devices>%s</devices></domain>
                            """.formatted(UUID, reset, parts, devices)))
                    .orElseThrow();
        } catch (XmlException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static SavedState golden(String digest, String uuid, long made) {
        return new SavedState(
                digest, new PoolSlot("agents", uuid, 2), made, Path.of("golden"), Element.of("domainsnapshot"));
    }

    private static Decision decide(Optional<SavedState> golden, long now) {
        return GoldenRule.decide(TEMPLATE, golden, Optional.empty(), now);
    }

    @Test
    void aGuestIsCopiedUntilTheGoldenStateIsTooOld() {
        assertThat(decide(Optional.of(GOLDEN), 60_999)).isEqualTo(new Decision.Copy(GOLDEN));
        assertThat(decide(Optional.of(GOLDEN), 61_000)).isEqualTo(new Decision.Boot(true, "it is older than max_age"));
    }

    @Test
    void theFirstGuestAndThoseOfAnotherTemplateOrPoolBoot() {
        assertThat(decide(Optional.empty(), 2_000)).isEqualTo(new Decision.Boot(true, "no VM has booted yet"));
        assertThat(decide(Optional.of(golden("another", UUID, 1_000)), 2_000))
                .isEqualTo(new Decision.Boot(true, "the template has changed"));
        assertThat(decide(Optional.of(golden(TEMPLATE.digest(), "another", 1_000)), 2_000))
                .isEqualTo(new Decision.Boot(true, "the template has changed"));
    }

    @Test
    void afterAFailureGuestsBootForAWhile() {
        var refusal = Optional.of(new GoldenRule.Refusal(TEMPLATE.digest(), "it failed", 5_000));

        assertThat(GoldenRule.decide(TEMPLATE, Optional.of(GOLDEN), refusal, 4_999))
                .isEqualTo(new Decision.Boot(false, "it failed"));
        assertThat(GoldenRule.decide(TEMPLATE, Optional.of(GOLDEN), refusal, 5_000))
                .isEqualTo(new Decision.Copy(GOLDEN));
        var other = Optional.of(new GoldenRule.Refusal("another", "it failed", 5_000));
        assertThat(GoldenRule.decide(TEMPLATE, Optional.of(GOLDEN), other, 2_000))
                .isEqualTo(new Decision.Copy(GOLDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tpm model='tpm-crb'/>",
                "<hostdev mode='subsystem'/>",
                "<graphics type='vnc' passwd='x'/>",
                "<interface type='network'><link state='down'/></interface>"
            })
    void aGuestWithWhatCannotBeCopiedBoots(String device) {
        assertBoots(template("restore", "", device));
    }

    @Test
    void aGuestWithFirmwareOfItsOwnAndOneThatIsToBootBoot() {
        assertBoots(template("restore", "<os firmware='efi'/>", ""));
        assertBoots(template("restore", "<os><nvram>/nvram</nvram></os>", ""));
        assertBoots(template("recreate", "", ""));
    }

    private static void assertBoots(PoolTemplate template) {
        assertThat(GoldenRule.decide(
                        template, Optional.of(golden(template.digest(), UUID, 1_000)), Optional.empty(), 2_000))
                .isInstanceOfSatisfying(Decision.Boot.class, boot -> {
                    assertThat(boot.saves()).isFalse();
                    assertThat(boot.why()).isNotEmpty();
                });
    }
}
