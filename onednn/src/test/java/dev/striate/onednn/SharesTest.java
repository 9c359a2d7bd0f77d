package dev.striate.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares shares = new Shares(7, 3);

    @Test
    void givesEachThreadItsOwnPartFirst() {
        assertThat(List.of(shares.next(0), shares.next(1), shares.next(2))).containsExactly(0, 2, 4);
        assertThat(taken(1)).containsExactly(3, 5, 6, 1);
    }

    @Test
    void givesEachNumberOnceAgainAndAgain() {
        for (var i = 0; i < 2; i++) {
            assertThat(taken(2)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 7).boxed().toList());
            assertThat(shares.next(0)).isNegative();
            shares.restart();
        }
    }

    private List<Integer> taken(int thread) {
        var taken = new ArrayList<Integer>();
        for (var number = shares.next(thread); number >= 0; number = shares.next(thread)) taken.add(number);
        return taken;
    }
}
