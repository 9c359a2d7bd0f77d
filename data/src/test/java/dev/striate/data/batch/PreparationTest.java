package dev.striate.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Border;
import dev.striate.recipe.Preprocessing.CenterCrop;
import dev.striate.recipe.Preprocessing.Fit;
import dev.striate.recipe.Preprocessing.Stretch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PreparationTest {
    @Test
    void normalisesEachChannelInPlace() {
        var preparation = new Preparation(new Preprocessing(new Shape(3, 1, 2), new Stretch(),
                List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
        var values = prepared(preparation, new Picture(2, 1, 3, new byte[] { 0, 51, 102, (byte) 153, (byte) 204, -1 }));
        // (v / 255 − mean) / deviation, by hand: 0, .2, .4, .6, .8, 1 less the means.
        assertThat(values).containsExactly(new float[] { -0.485f / 0.229f, -0.256f / 0.224f, -0.006f / 0.225f,
                0.115f / 0.229f, 0.344f / 0.224f, 0.594f / 0.225f }, within(1e-6f));
    }

    @Test
    void centresMnistOnABlackBorder() {
        var preparation = preparation(new Shape(1, 4, 5), new Border(new Size(2, 2)));
        var values = prepared(preparation, new Picture(2, 2, 1, new byte[] { -1, 51, 51, -1 }));
        assertThat(values).containsExactly(new float[] { 0, 0, 0, 0, 0, 0, 1, 0.2f, 0, 0, 0, 0.2f, 1, 0, 0, 0, 0, 0, 0,
                0 }, within(1e-6f));
    }

    @Test
    void cutsTheMiddleOut() {
        var preparation = preparation(new Shape(1, 1, 2), new CenterCrop(1));
        var values = prepared(preparation, new Picture(4, 1, 1, new byte[] { 0, 51, 102, 0 }));
        assertThat(values).containsExactly(new float[] { 0.2f, 0.4f }, within(1e-6f));
    }

    @Test
    void makesGreyOfColourAndColourOfGrey() {
        var white = new Picture(1, 1, 3, new byte[] { -1, -1, -1 });
        assertThat(prepared(preparation(new Shape(1, 1, 1), new Stretch()), white)).containsExactly(1f);
        var grey = new Picture(1, 1, 1, new byte[] { 51 });
        assertThat(prepared(preparation(new Shape(3, 1, 1), new Stretch()), grey)).containsExactly(0.2f, 0.2f, 0.2f);
    }

    @Test
    @Tag("native")
    void stretchesBothSides() {
        var values = prepared(preparation(new Shape(1, 1, 2), new Stretch()),
                new Picture(4, 2, 1, new byte[] { 51, 51, 102, 102, 51, 51, 102, 102 }));
        assertThat(values).containsExactly(new float[] { 0.2f, 0.4f }, within(1e-6f));
    }

    @Test
    void refusesAnInputThatIsNoPicture() {
        assertThatThrownBy(() -> preparation(new Shape(2, 8, 8), new Stretch())).isInstanceOf(StriateException.class)
                .hasMessageContaining("2×8×8");
    }

    private static Preparation preparation(Shape input, Fit fit) {
        return new Preparation(Preprocessing.plain(input, fit));
    }

    private static float[] prepared(Preparation preparation, Picture picture) {
        var floats = new float[(int) preparation.input().elements()];
        preparation.prepare(picture, MemorySegment.ofArray(floats));
        return MemorySegment.ofArray(floats).toArray(ValueLayout.JAVA_FLOAT);
    }
}
