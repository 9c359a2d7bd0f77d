package dev.striate.data.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.SelectiveSearch;
import dev.striate.data.region.RegionSet.LabelledRegion;
import dev.striate.data.set.DataSet;
import dev.striate.graph.Size;
import dev.striate.region.RegionSampling;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionSetTest {
    private static final Box OBJECT = new Box(0, 0, 10, 10);
    private static final SelectiveSearch SEARCH = new SelectiveSearch(0, 0, 100);

    @TempDir
    private Path folder;

    /// Of each picture its object and one proposal on it are foreground; 20 proposals elsewhere are background, of which
    /// three times as many as foreground may stay.
    @Test
    void aQuarterOfTheRegionsShowsObjects() {
        var pictures = new Squares(10, 40);
        var proposals = ProposedBoxes.of(pictures, _ -> proposed());
        var regions = RegionSet.drawn(pictures, proposals, RegionSampling.rcnn(), 7);
        assertThat(regions).filteredOn(region -> region.label() == 2).hasSize(20)
                .allSatisfy(region -> assertThat(region.box().iou(OBJECT)).isGreaterThanOrEqualTo(0.5));
        assertThat(regions).filteredOn(region -> region.label() == 0).hasSize(60)
                .allSatisfy(region -> assertThat(region.box().iou(OBJECT)).isLessThan(0.5));
        assertThat(regions).isEqualTo(RegionSet.drawn(pictures, proposals, RegionSampling.rcnn(), 7))
                .isNotEqualTo(RegionSet.drawn(pictures, proposals, RegionSampling.rcnn(), 8));
    }

    @Test
    void regionsArePicturesWithAClass() {
        var set = new RegionSet(new Squares(1, 40), List.of(new LabelledRegion(0, OBJECT, 2)), new Warp.Anisotropic(0),
                Size.square(10), new int[] { 0 });
        assertThat(set.classes()).containsExactly("background", "a", "b");
        assertThat(set.label(0)).isEqualTo(2);
        assertThat(set.picture(0).size()).isEqualTo(Size.square(10));
        assertThat(set.picture(0).at(9, 9, 0)).isEqualTo(200);
    }

    @Test
    @Tag("native")
    void proposalsAreSearchedForOnce() {
        var file = folder.resolve("proposals.safetensors");
        var found = ProposedBoxes.of(file, new Squares(3, 40), SEARCH);
        var kept = ProposedBoxes.of(file, new Squares(3, 40) {
            @Override
            public Picture picture(int index) {
                throw new AssertionError("searched again");
            }
        }, SEARCH);
        assertThat(kept.pictures()).isEqualTo(3);
        assertThat(kept.of(2)).isEqualTo(found.of(2)).isNotEmpty();
        assertThat(kept.size(1)).isEqualTo(Size.square(40));
    }

    @Test
    void refusesProposalsOfOtherPictures() {
        var file = folder.resolve("proposals.safetensors");
        ProposedBoxes.of(new Squares(3, 40), _ -> proposed()).write(file, "by hand");
        assertThat(ProposedBoxes.read(file, new Squares(3, 40), "by hand").of(1)).isEqualTo(proposed());
        assertThatThrownBy(() -> ProposedBoxes.read(file, new Squares(4, 40), "by hand"))
                .isInstanceOf(StriateException.class).hasMessageContaining("Proposals of 4 pictures were expected in")
                .hasMessageContaining("received those of 3");
        assertThatThrownBy(() -> ProposedBoxes.read(file, new Squares(3, 41), "by hand"))
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("square#0 of 41×41 pixels were expected").hasMessageContaining("one of 40×40");
        assertThatThrownBy(() -> ProposedBoxes.of(file, new Squares(3, 40), SEARCH))
                .isInstanceOf(StriateException.class).hasMessageContaining("received by hand");
    }

    private static List<Box> proposed() {
        return IntStream.rangeClosed(0, 20).mapToObj(i -> new Box(i == 0 ? 0 : 20, i, 30, 10 + i))
                .map(box -> box.left() == 0 ? new Box(0, 0, 10, 9) : box).toList();
    }

    /// Pictures with a light square of class b in the corner.
    private static class Squares implements DataSet {
        private final int count;
        private final int side;

        Squares(int count, int side) {
            this.count = count;
            this.side = side;
        }

        @Override
        public List<String> classes() {
            return List.of("a", "b");
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public String name(int index) {
            return "square#" + index;
        }

        @Override
        public Picture picture(int index) {
            var picture = Picture.black(side, side, 1);
            for (var i = 0; i < 100; i++) picture.pixels()[i / 10 * side + i % 10] = (byte) 200;
            return picture;
        }

        @Override
        public Size pictureSize(int index) {
            return Size.square(side);
        }

        @Override
        public Target target(int index) {
            return new Target.Objects(List.of(new LabelledBox(OBJECT, 1)));
        }
    }
}
