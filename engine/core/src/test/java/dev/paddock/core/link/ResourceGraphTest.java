package dev.paddock.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.resource.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResourceGraphTest {
    private static final ResourceId A = id("a");
    private static final ResourceId B = id("b");
    private static final ResourceId C = id("c");

    @Test
    void aCircleHasNoOrder() {
        var graph = ResourceGraph.of(Map.of(A, List.of(B), B, List.of(A)));

        assertThatThrownBy(graph::inOrder).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNeededComesFirst() {
        var graph = graph(Map.entry(A, List.of(B, C)), Map.entry(B, List.of(C)), Map.entry(C, List.of()));

        assertThat(graph.inOrder()).containsExactly(C, B, A);
        assertThat(graph.reversed().inOrder()).containsExactly(A, B, C);
    }

    @Test
    void resourcesThatNeedNothingKeepTheirOrder() {
        var graph = graph(Map.entry(B, List.of()), Map.entry(A, List.of()), Map.entry(C, List.of()));

        assertThat(graph.inOrder()).containsExactly(B, A, C);
    }

    @Test
    void aCircleIsNamedFromItsStartBackToIt() {
        var graph = graph(Map.entry(A, List.of(B)), Map.entry(B, List.of(C)), Map.entry(C, List.of(B)));

        assertThat(graph.cycles()).containsExactly(List.of(B, C, B));
    }

    @Test
    void aResourceThatNeedsItselfIsACircle() {
        assertThat(graph(Map.entry(A, List.of(A))).cycles()).containsExactly(List.of(A, A));
    }

    @Test
    void aDiamondIsNoCircle() {
        var d = id("d");
        var graph = graph(
                Map.entry(A, List.of(B, C)),
                Map.entry(B, List.of(d)),
                Map.entry(C, List.of(d)),
                Map.entry(d, List.of()));

        assertThat(graph.cycles()).isEmpty();
        assertThat(graph.inOrder()).containsExactly(d, B, C, A);
    }

    @Test
    void aLongChainTakesNoStack() {
        Map<ResourceId, List<ResourceId>> chain = new LinkedHashMap<>();
        IntStream.range(0, 50_000).forEach(i -> chain.put(id("n" + i), List.of(id("n" + (i + 1)))));
        var graph = ResourceGraph.of(chain);

        assertThat(graph.cycles()).isEmpty();
        assertThat(graph.inOrder()).hasSize(50_000).startsWith(id("n49999"));
    }

    @Test
    void aSelectionBringsWhatItNeeds() {
        var graph = graph(Map.entry(A, List.of(B)), Map.entry(B, List.of()), Map.entry(C, List.of()));

        assertThat(graph.withNeeds(List.of(A))).containsExactly(A, B);
    }

    private static ResourceId id(String name) {
        return new ResourceId("nwfilter", name);
    }

    @SafeVarargs
    private static ResourceGraph graph(Map.Entry<ResourceId, List<ResourceId>>... entries) {
        Map<ResourceId, List<ResourceId>> needs = new LinkedHashMap<>();
        for (var entry : entries) {
            needs.put(entry.getKey(), entry.getValue());
        }
        return ResourceGraph.of(needs);
    }
}
