package dev.striate.vision.detect.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.detect.BoxSize;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.target.Target.Objects;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnchorReportTest {
    private static final Shape INPUT = new Shape(3, 100, 100);
    private static final Preprocessing LETTERBOX = Preprocessing.plain(INPUT, Preprocessing.Letterbox.DARKNET);
    private static final Preprocessing STRETCH = Preprocessing.plain(INPUT, new Preprocessing.Stretch());

    /// The picture is 200 wide and 50 high: in a letterbox all is halved, stretched it is halved and doubled.
    @Test
    void measuresObjectsWhereTheNetworkSeesThem() {
        var set = new OnePicture(new LabelledBox(new Box(10, 10, 50, 40), 0));

        assertThat(AnchorReport.of("one", set, LETTERBOX, 1, 0).anchors()).containsExactly(new BoxSize(20, 15));
        assertThat(AnchorReport.of("one", set, STRETCH, 1, 0).anchors()).containsExactly(new BoxSize(20, 60));
    }

    @Test
    void warnsOfObjectsThatAreSmallerThanACell() {
        var small = new LabelledBox(new Box(0, 0, 15, 15), 0);
        var large = new LabelledBox(new Box(0, 0, 100, 50), 0, true);

        assertThat(AnchorReport.of("one", new OnePicture(small, large), LETTERBOX, 1, 0).warning().orElseThrow())
                .startsWith("1 of 2 objects are smaller than 8 pixels at 100×100");
        assertThat(AnchorReport.of("one", new OnePicture(large), LETTERBOX, 1, 0).warning()).isEmpty();
    }

    @Test
    void readsDrawnScenes() {
        var scenes = DataSets.open("scenes").train().limit(50);
        var objects = IntStream.range(0, 50)
                .map(i -> ((Objects) scenes.target(i)).boxes().size()).sum();
        var report = AnchorReport.of("scenes", scenes, LETTERBOX, 5, 0);

        assertThat(report.sizes().all().objects()).isEqualTo(objects);
        assertThat(report.sizes().classes().stream().mapToInt(row -> row.objects()).sum()).isEqualTo(objects);
        assertThat(report.others()).extracting(AnchorReport.Fit::count).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(report.others().get(4).meanBestIou()).isEqualTo(report.meanBestIou(), within(1e-12));
        assertThat(report.yolo().split(", ")).hasSize(5);
        assertThat(report.toString()).contains("[yolo]", "[region]", "circle", "triangle");
    }

    @Test
    void refusesPicturesWithoutObjects() {
        assertThatThrownBy(() -> AnchorReport.of("one", new OnePicture(), LETTERBOX, 1, 0))
                .isInstanceOf(StriateException.class)
                .hasMessage("Pictures with objects were expected; the 1 of one have none.");
        assertThatThrownBy(() -> AnchorReport.of("digits", DataSets.open("digits").test(), LETTERBOX, 1, 0))
                .isInstanceOf(StriateException.class).hasMessageContaining("has a class");
    }

    private record OnePicture(Objects objects) implements DataSet {
        OnePicture(LabelledBox... boxes) {
            this(new Objects(List.of(boxes)));
        }

        @Override
        public List<String> classes() {
            return List.of("thing");
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Target target(int index) {
            return objects;
        }

        @Override
        public String name(int index) {
            return "one";
        }

        @Override
        public Picture picture(int index) {
            return Picture.black(200, 50, 3);
        }
    }
}
