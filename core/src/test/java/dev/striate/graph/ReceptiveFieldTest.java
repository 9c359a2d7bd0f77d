package dev.striate.graph;

import static dev.striate.graph.Options.dilation;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.same;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.graph.ReceptiveField.Axis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptiveFieldTest {
    @Test
    void ofThreeConvolutionsOf3x3Is7x7() {
        assertThat(last(Layer.input(1, 9, 9).conv(1, 3).conv(1, 3).conv(1, 3)).size()).isEqualTo(Size.square(7));
    }

    @ParameterizedTest
    @CsvSource({ "conv1,11,4", "pool1,19,8", "conv2,51,8", "pool2,67,16", "conv3,99,16", "conv4,131,16", "conv5,163,16",
            "pool5,195,32" })
    void ofAlexNetIsThePublishedOne(String node, int size, int jump) {
        var network = Samples.alexNetFeatures();
        var field = ReceptiveField.of(network).get(network.index(node));

        assertThat(field.size()).isEqualTo(Size.square(size));
        assertThat(field.vertical().jump()).isEqualTo(jump);
    }

    @ParameterizedTest
    @CsvSource({ "pool1,6,2", "pool2,16,4", "pool3,44,8", "pool4,100,16", "pool5,212,32", "fc6,404,32" })
    void ofVgg16IsThePublishedOne(String node, int size, int jump) {
        var network = Samples.vgg16();
        var field = ReceptiveField.of(network).get(network.index(node));

        assertThat(field.size()).isEqualTo(Size.square(size));
        assertThat(field.horizontal().jump()).isEqualTo(jump);
    }

    @Test
    void beginsInThePaddingAndStaysCentered() {
        var field = last(Layer.input(1, 8, 8).conv(1, 3, same()).conv(1, 5, same())).vertical();

        assertThat(field).isEqualTo(new Axis(7, 1, -3));
        assertThat(field.centre()).isZero();
    }

    @Test
    void ofAStridedLayerStepsFurther() {
        var field = last(Layer.input(1, 8, 8).conv(1, 3, stride(2), pad(1)).conv(1, 3, stride(2), pad(1))).vertical();

        assertThat(field).isEqualTo(new Axis(7, 4, -3));
    }

    @Test
    void differsPerAxis() {
        assertThat(last(Layer.input(1, 9, 9).conv(1, new Size(1, 7)).conv(1, new Size(3, 1))).size())
                .isEqualTo(new Size(3, 7));
    }

    @Test
    void growsWithDilation() {
        assertThat(last(Layer.input(1, 9, 9).conv(1, 3, dilation(2))).size()).isEqualTo(Size.square(5));
    }

    @Test
    void coversAllBranches() {
        var x = Layer.input(1, 9, 9);

        assertThat(last(x.conv(1, 1).concat(x.conv(1, 5, same()), x.maxPool(3, stride(1), pad(1)))).vertical())
                .isEqualTo(new Axis(5, 1, -2));
        assertThat(last(x.conv(1, 3, same()).conv(1, 3, same()).add(x)).vertical()).isEqualTo(new Axis(5, 1, -2));
    }

    @Test
    void isEverythingBehindAGlobalPoolingOrAFlatten() {
        var x = Layer.input(1, 9, 6).conv(1, 3, same());

        assertThat(last(x.globalAvgPool()).size()).isEqualTo(new Size(11, 8));
        assertThat(last(x.flatten().linear(3)).size()).isEqualTo(new Size(11, 8));
    }

    /// Three neighbours behind a doubling lie in at most two of the pooled cells: four pixels.
    @Test
    void shrinksItsStepsBehindAnUpsampling() {
        var up = Layer.input(1, 8, 8).maxPool(2).upsample(2, Op.Interpolation.NEAREST);

        assertThat(last(up).vertical()).isEqualTo(new Axis(2, 1, 0));
        assertThat(last(up.conv(1, 3, same())).size()).isEqualTo(Size.square(4));
        assertThat(last(Layer.input(1, 8, 8).maxPool(2).upsample(2, Op.Interpolation.BILINEAR)).size())
                .isEqualTo(Size.square(4));
    }

    /// With kernel 4, stride 2, padding 1, output 0 sees inputs −1 (padding) and 0: o = 2i − 1 + k.
    @Test
    void ofATransposedConvolutionIsTheInputsThatReachAPlace() {
        assertThat(last(Layer.input(1, 8, 8).transposedConv(1, 4, stride(2), pad(1))).vertical())
                .isEqualTo(new Axis(2, 0.5, -1));
    }

    /// Unit 0 of a pooling by 2, cropped from row 1 on, sees pixels 2 and 3, whatever it was made as large as.
    @Test
    void movesWithACrop() {
        var x = Layer.input(1, 8, 8);
        assertThat(last(x.maxPool(2).crop(x.conv(1, 6), 1, 0)).vertical()).isEqualTo(new Axis(2, 2, 2));
        assertThat(last(x.maxPool(2).crop(x.conv(1, 6), 1, 0)).horizontal()).isEqualTo(new Axis(2, 2, 0));
    }

    @Test
    void ofFoldedBlocksIsTheBlock() {
        assertThat(last(Layer.input(1, 8, 8).then(new Op.SpaceToDepth(2, Op.BlockOrder.BLOCK_FIRST))).vertical())
                .isEqualTo(new Axis(2, 2, 0));
    }

    private static ReceptiveField last(Layer layer) {
        return ReceptiveField.of(layer.network("x")).getLast();
    }
}
