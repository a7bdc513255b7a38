package dev.paddock.api.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @Test
    void whatIsPrintedIsReadBack() {
        var random = new Random(1);
        for (var round = 0; round < 500; round++) {
            var duration = Duration.ofMillis(random.nextInt(999_999_999)).multipliedBy(round % 2 == 0 ? 1 : 1000);

            assertThat(DurationText.parse(DurationText.of(duration))).contains(duration);
        }
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "' 15 m ',PT15M", "2h,PT2H", "2d,PT48H", "0s,PT0S"})
    void aDurationIsANumberAndAUnit(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "1w", "-1s", "1.5h", "1h30m", "9999999999s", "999999999d"})
    void anythingElseIsNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Test
    void aDurationIsPrintedInTheLargestUnitThatDividesIt() {
        assertThat(DurationText.of(Duration.ofDays(2))).isEqualTo("2d");
        assertThat(DurationText.of(Duration.ofMinutes(90))).isEqualTo("90m");
        assertThat(DurationText.of(Duration.ofMillis(1500))).isEqualTo("1500ms");
    }
}
