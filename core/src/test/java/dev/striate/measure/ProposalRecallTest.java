package dev.striate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.target.Target.LabelledBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalRecallTest {
    private static final Box OBJECT = new Box(0, 0, 10, 10);
    /// Half of the object: an IoU of exactly 0.5.
    private static final Box HALF = new Box(0, 0, 10, 5);
    private static final Box ELSEWHERE = new Box(50, 50, 60, 60);

    @Test
    void growsWithTheProposals() {
        var recall = new ProposalRecall(0.5);
        recall.add(List.of(ELSEWHERE, HALF), List.of(new LabelledBox(OBJECT, 0)));
        recall.add(List.of(OBJECT), List.of(new LabelledBox(OBJECT, 1), new LabelledBox(ELSEWHERE, 0)));
        recall.add(List.of(), List.of(new LabelledBox(OBJECT, 0)));
        assertThat(recall.objects()).isEqualTo(4);
        assertThat(recall.at(0)).isZero();
        assertThat(recall.at(1)).isEqualTo(1 / 4.0);
        assertThat(recall.at(2)).isEqualTo(2 / 4.0);
        assertThat(recall.at(2000)).isEqualTo(2 / 4.0);
    }

    @Test
    void overlapsBelowTheThresholdDoNotCount() {
        var recall = new ProposalRecall(0.51);
        recall.add(List.of(HALF), List.of(new LabelledBox(OBJECT, 0)));
        assertThat(recall.at(1)).isZero();
    }

    @Test
    void difficultObjectsDoNotCount() {
        var recall = new ProposalRecall(0.5);
        recall.add(List.of(ELSEWHERE), List.of(new LabelledBox(OBJECT, 0, true)));
        assertThat(recall.objects()).isZero();
        assertThat(recall.at(1)).isZero();
    }

    @Test
    void refusesAnOverlapThatEverythingHas() {
        assertThatThrownBy(() -> new ProposalRecall(0)).isInstanceOf(StriateException.class)
                .hasMessage("An overlap above 0 and at most 1 was expected; received 0.0.");
    }
}
