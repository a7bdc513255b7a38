package dev.paddock.nwfilter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameCommentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dstipaddr=github.com (paddock default)",
                "srcipaddr=a.example.org (paddock my-project.1)",
                "srcipaddr=a.example.org dstipaddr=b.example.org (paddock default)",
                "dstipaddr=github.com (paddock default) what (else) is said"
            })
    void whatIsWrittenIsRead(String comment) {
        assertThat(HostNameComment.of(comment).map(HostNameComment::text)).contains(comment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "github.com",
                "(paddock default)",
                "dstipaddr=github.com",
                "dstipaddr=github.com paddock default",
                "dstipaddr=localhost (paddock default)",
                "dstipaddr=10.0.0.1 (paddock default)",
                "dstipmask=github.com (paddock default)",
                "dstipaddr=github.com (paddock default)and more",
                " dstipaddr=github.com (paddock default)",
                "dstipaddr=a.example.org srcipaddr=b.example.org (paddock default)"
            })
    void otherCommentsAreNone(String comment) {
        assertThat(HostNameComment.of(comment)).isEmpty();
    }

    @Test
    void itTellsWhatTheNamesStandForAndWhoseTheyAre() {
        assertThat(HostNameComment.of("srcipaddr=a.example.org dstipaddr=b.example.org (paddock web) both"))
                .contains(new HostNameComment(
                        Map.of("srcipaddr", "a.example.org", "dstipaddr", "b.example.org"), "web", "both"));
    }
}
