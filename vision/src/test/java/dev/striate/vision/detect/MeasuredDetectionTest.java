package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.detect.Detection;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredDetectionTest {
    private static final Box LEFT = new Box(0, 0, 10, 10);
    private static final Box RIGHT = new Box(20, 0, 30, 10);
    private static final int CLASSES = 9418;

    /// Of two objects one is found and one missed; one is made up, and one too unsure to be shown.
    @Test
    void anExampleCountsWhatWasMissedAndMadeUp() {
        var found = List.of(new Detection(LEFT, 7, 0.9), new Detection(new Box(50, 50, 60, 60), 5, 0.8),
                new Detection(RIGHT, 9000, 0.1));

        var example = MeasuredDetection.Example.of(0, new One(), found);

        assertThat(example.mistakes()).isEqualTo(2);
        assertThat(example.found()).hasSize(2);
    }

    /// A picture with an object of class 7 and one of class 9000.
    private record One() implements DataSet {
        @Override
        public List<String> classes() {
            return IntStream.range(0, CLASSES).mapToObj(k -> "class " + k).toList();
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Target target(int index) {
            return new Target.Objects(List.of(new LabelledBox(LEFT, 7), new LabelledBox(RIGHT, 9000)));
        }

        @Override
        public String name(int index) {
            return "one";
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(64, 64, 3);
        }
    }
}
