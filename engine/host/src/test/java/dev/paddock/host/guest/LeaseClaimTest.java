package dev.paddock.host.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseClaimTest {
    private final LeaseClaim claim = LeaseClaim.at(Instant.ofEpochSecond(5, 7));

    @Test
    void noTwoClaimsHaveTheSameEntropy() {
        assertThat(claim.entropy())
                .hasSize(64)
                .isNotEqualTo(LeaseClaim.at(claim.now()).entropy());
    }

    @Test
    void nothingSecretIsTold() {
        var secret = claim.withVariables(Map.of("TOKEN", "secret")).withHostname("web");

        assertThat(secret.toString()).contains("TOKEN", "web").doesNotContain("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> claim.withVariables(Map.of("TOKEN", "secret\0")))
                .withMessageNotContaining("secret");
    }

    @Test
    void whatAGuestCouldNotDoWithIsRefused() {
        for (var name : List.of("", "a b", "-a", "a\n", "a".repeat(65))) {
            assertThatIllegalArgumentException().isThrownBy(() -> claim.withHostname(name));
        }
        for (var name : List.of("", "A=B", "1A", "A\n")) {
            assertThatIllegalArgumentException().isThrownBy(() -> claim.withVariables(Map.of(name, "")));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> claim.withVariables(Map.of("A", "x".repeat(131_072))));
        assertThatIllegalArgumentException().isThrownBy(() -> claim.withAuthorizedKeys(List.of("one\ntwo")));
        assertThatIllegalArgumentException().isThrownBy(() -> claim.withWorkspace("a,b"));
    }

    @Test
    void theGuestIsAskedForAllOfIt() {
        var asked = new String(
                AgentRequest.claim(claim.withHostname("web")
                        .withVariables(Map.of("A", "b=c"))
                        .withAuthorizedKeys(List.of("key"))
                        .withWorkspace("share")),
                StandardCharsets.UTF_8);

        assertThat(asked.split("\0", -1))
                .hasSize(8)
                .contains("Vclaim", "N5 7", "Hweb", "EA=b=c", "Kkey", "Wshare", "")
                .anySatisfy(entropy -> assertThat(entropy).matches("R[0-9a-f]{128}"));
    }
}
