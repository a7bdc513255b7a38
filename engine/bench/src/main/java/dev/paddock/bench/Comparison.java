package dev.paddock.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that paddock does, and the program that it is held against.
 *
 * @param before run before each of the two, and not timed
 */
record Comparison(BenchmarkProgram ours, BenchmarkProgram floor, List<BenchmarkProgram> before) {
    Comparison {
        before = List.copyOf(before);
    }

    /** The medians of both sides, in milliseconds. */
    record Result(double ours, double floor) {
        double ratio() {
            return ours / floor;
        }
    }

    /** Run both sides in turns, so that what else the machine does strikes both; the first round is not counted. */
    Result hold(int rounds) {
        List<Double> ours = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (var round = 0; round <= rounds; round++) {
            before.forEach(BenchmarkProgram::run);
            var own = this.ours.run();
            before.forEach(BenchmarkProgram::run);
            var other = floor.run();
            if (round > 0) {
                ours.add(own);
                floors.add(other);
            }
        }
        return new Result(Median.of(ours), Median.of(floors));
    }
}
