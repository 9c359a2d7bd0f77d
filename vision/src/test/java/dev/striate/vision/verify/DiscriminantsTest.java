package dev.striate.vision.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.striate.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Features in which people differ along the first axis, by one, and pictures of one person along the second, by ten.
class DiscriminantsTest {
    private static final int PEOPLE = 12;
    private static final int PICTURES = 8;
    private static final int FEATURES = 5;

    @Test
    void weighsDirectionsInWhichPicturesOfOnePersonDifferLess() {
        var fitted = Discriminants.of(features(), labels(), FEATURES);

        assertThat(stretch(fitted, 0) / stretch(fitted, 1)).isGreaterThan(2);
        var origin = new double[FEATURES];
        for (var row : features()) for (var k = 0; k < FEATURES; k++) origin[k] += row[k] / (PEOPLE * PICTURES);
        for (var value : image(fitted, origin)) assertThat(value).isCloseTo(0, within(1e-4));
    }

    /// A map of all features keeps a direction in which no picture differs: those of other people may. One of fewer loses it.
    @Test
    void mapsOfFullLengthKeepWhatThePicturesDoNotShow() {
        var features = features();
        for (var row : features) row[FEATURES - 1] = 3;

        var whole = Discriminants.of(features, labels(), FEATURES);
        assertThat(stretch(whole, FEATURES - 1)).isGreaterThan(stretch(whole, 1));
        assertThat(stretch(Discriminants.of(features, labels(), FEATURES - 1), FEATURES - 1)).isCloseTo(0,
                within(1e-6));
    }

    /// With fewer pictures than features the directions come of the rows, and are the same.
    @Test
    void rowsAndColumnsGiveTheSameDirections() {
        var few = Arrays.copyOf(features(), FEATURES - 1);
        var byRows = Discriminants.of(few, new int[] { 0, 0, 1, 1 }, 2);
        var byColumns = Discriminants.of(twice(few), new int[] { 0, 0, 1, 1, 0, 0, 1, 1 }, 2);

        assertThat(distance(byRows, few[0], few[1]) / distance(byRows, few[0], few[2]))
                .isCloseTo(distance(byColumns, few[0], few[1]) / distance(byColumns, few[0], few[2]), within(1e-3));
    }

    private static float[][] twice(float[][] rows) {
        var all = new float[2 * rows.length][];
        for (var i = 0; i < all.length; i++) all[i] = rows[i % rows.length];
        return all;
    }

    private static double distance(Discriminants fitted, float[] one, float[] other) {
        var difference = new double[FEATURES];
        for (var k = 0; k < FEATURES; k++) difference[k] = one[k] - other[k];
        var bias = image(fitted, new double[FEATURES]);
        var image = image(fitted, difference);
        var sum = 0.0;
        for (var k = 0; k < image.length; k++) sum += Math.pow(image[k] - bias[k], 2);
        return Math.sqrt(sum);
    }

    /// The length of what an axis becomes.
    private static double stretch(Discriminants fitted, int axis) {
        var sum = 0.0;
        for (var k = 0; k < fitted.bias().length; k++) sum += Math.pow(fitted.weights()[k * FEATURES + axis], 2);
        return Math.sqrt(sum);
    }

    private static double[] image(Discriminants fitted, double[] features) {
        var image = new double[fitted.bias().length];
        for (var k = 0; k < image.length; k++) {
            image[k] = fitted.bias()[k];
            for (var i = 0; i < FEATURES; i++) image[k] += fitted.weights()[k * FEATURES + i] * features[i];
        }
        return image;
    }

    private static float[][] features() {
        var random = RandomStream.of(5);
        var rows = new float[PEOPLE * PICTURES][FEATURES];
        for (var i = 0; i < rows.length; i++) {
            for (var k = 0; k < FEATURES; k++) rows[i][k] = (float) (3 + 0.1 * random.at(i).normal(k));
            rows[i][0] += (float) random.at("person").normal(i / PICTURES);
            rows[i][1] += (float) (10 * random.at("picture").normal(i));
        }
        return rows;
    }

    private static int[] labels() {
        var labels = new int[PEOPLE * PICTURES];
        for (var i = 0; i < labels.length; i++) labels[i] = i / PICTURES;
        return labels;
    }
}
