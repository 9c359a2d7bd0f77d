package dev.striate.vision.explain;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.graph.Shape;
import dev.striate.random.RandomStream;
import dev.striate.torch.Model;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.report.Denormalised;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The picture that excites a channel or a class most (Erhan et al. 2009; Simonyan et al. 2014, §2), found by climbing the
/// gradient from noise. What keeps it legible: each step sees the picture moved a little (jitter), pixels decay to the mean, and
/// now and then the picture is blurred (Yosinski et al. 2015, §3), less and less.
///
/// @param steps of the climb
/// @param rate how far a step goes, in standard deviations of a pixel
/// @param decay the share by which pixels return to the mean in a step
/// @param jitter pixels by which a step's view is moved at most, either way
/// @param blur the deviation of the first blur in pixels
/// @param seed of the noise and of what is drawn later
public record Maximisation(int steps, double rate, double decay, int jitter, double blur, long seed) {
    /// Every so many steps the picture is blurred.
    private static final int BETWEEN_BLURS = 4;
    private static final double NOISE = 0.1;
    /// Deviations of a pixel from the mean beyond which no photograph goes.
    private static final double FARTHEST = 2.5;

    public Maximisation {
        if (steps < 1 || !(rate > 0) || !(decay >= 0 && decay < 1) || jitter < 0 || !(blur >= 0)) {
            throw new StriateException(
                    "Activation maximisation expects at least one step, a rate above 0, a decay from 0 to "
                            + "below 1, a jitter and a blur from 0; received " + steps + ", " + rate + ", " + decay
                            + ", " + jitter
                            + " and " + blur + ".");
        }
    }

    /// For pictures of a size.
    public static Maximisation usual(int side, long seed) {
        return new Maximisation(256, 0.06, 0.01, Math.max(1, side / 16), 1, seed);
    }

    /// The picture found, and how much it excites what was asked for.
    public record Exciting(Picture picture, float first, float last) {}

    /// @param layer whose channel, of maps the mean over all places, is to be excited
    public Exciting of(Explainer explainer, String layer, int channel) {
        var shape = Layers.withChannel(explainer.network(), layer, channel);
        var preprocessing = explainer.file().preprocessing();
        var input = explainer.network().input();
        var mean = new float[input.channels()];
        var deviation = new float[input.channels()];
        for (var c = 0; c < mean.length; c++) {
            // What half grey is to the network, and how far a quarter of the range is.
            mean[c] = (float) ((0.5 - preprocessing.mean().get(c)) / preprocessing.deviation().get(c));
            deviation[c] = (float) (0.25 / preprocessing.deviation().get(c));
        }
        var climb = new Climb(this, input, mean, deviation);
        var first = climb.excitement(explainer.model(), layer, channel, shape);
        for (var step = 0; step < steps; step++) climb.step(explainer.model(), layer, channel, shape, step);
        var last = climb.excitement(explainer.model(), layer, channel, shape);
        return new Exciting(Denormalised.of(climb.pixels(), 0, preprocessing), first, last);
    }

    /// The picture on its way, in deviations from the mean, height × width × channels.
    private static final class Climb {
        private final Maximisation settings;
        private final Shape shape;
        private final float[] mean;
        private final float[] deviation;
        private final RandomStream random;
        private final float[] picture;
        private final MemorySegment pixels;

        Climb(Maximisation settings, Shape shape, float[] mean, float[] deviation) {
            this.settings = settings;
            this.shape = shape;
            this.mean = mean;
            this.deviation = deviation;
            random = RandomStream.of(settings.seed);
            picture = new float[Math.toIntExact(shape.elements())];
            for (var i = 0; i < picture.length; i++) picture[i] = (float) (NOISE * random.normal(i));
            pixels = Arena.ofAuto().allocate(picture.length * (long) Float.BYTES, 64);
        }

        MemorySegment pixels() {
            show(0, 0);
            return pixels;
        }

        float excitement(Model model, String layer, int channel, Shape maps) {
            show(0, 0);
            var area = maps.size().area();
            var values = model.activations(pixels, 1, List.of(layer)).get(layer);
            var sum = 0.0;
            for (var i = 0; i < area; i++) sum += values[channel * area + i];
            return (float) (sum / area);
        }

        void step(Model model, String layer, int channel, Shape maps, int step) {
            var span = 2 * settings.jitter + 1;
            var down = (int) (random.at("down").uniform(step) * span) - settings.jitter;
            var right = (int) (random.at("right").uniform(step) * span) - settings.jitter;
            show(down, right);
            climb(gradient(model, layer, channel, maps), down, right);
            var share = 1 - (double) step / settings.steps;
            if (settings.blur > 0 && step % BETWEEN_BLURS == 0) blur(settings.blur * share);
        }

        private float[] gradient(Model model, String layer, int channel, Shape maps) {
            try (var pass = model.open(pixels, 1, List.of(layer), ReluGradient.TRUE)) {
                var area = maps.size().area();
                var upstream = new float[pass.outputs().get(layer).length];
                Arrays.fill(upstream, channel * area, (channel + 1) * area, 1f / area);
                pass.backward(Map.of(layer, upstream));
                return pass.pictureGradient();
            }
        }

        /// A step of one length however steep the slope is, then back to the mean a little.
        private void climb(float[] gradient, int down, int right) {
            var squares = 0.0;
            for (var value : gradient) squares += (double) value * value;
            var size = Math.sqrt(squares / gradient.length) + Float.MIN_NORMAL;
            for (var i = 0; i < gradient.length; i++) {
                var at = moved(i, down, right);
                var next = picture[at] * (1 - settings.decay) + settings.rate * gradient[i] / size;
                picture[at] = (float) Math.clamp(next, -FARTHEST, FARTHEST);
            }
        }

        private void show(int down, int right) {
            for (var i = 0; i < picture.length; i++) {
                var channel = i % shape.channels();
                pixels.setAtIndex(ValueLayout.JAVA_FLOAT, i,
                        mean[channel] + deviation[channel] * picture[moved(i, down, right)]);
            }
        }

        /// The index of the value that is seen at another, the picture going round at its edges.
        private int moved(int index, int down, int right) {
            var channel = index % shape.channels();
            var column = Math.floorMod(index / shape.channels() % shape.width() + right, shape.width());
            var row = Math.floorMod(index / shape.channels() / shape.width() + down, shape.height());
            return (row * shape.width() + column) * shape.channels() + channel;
        }

        private void blur(double sigma) {
            if (sigma < 0.05) return;
            along(sigma, shape.channels(), shape.width());
            along(sigma, shape.channels() * shape.width(), shape.height());
        }

        /// Three weights of a bell suffice for deviations of about a pixel.
        private void along(double sigma, int stride, int length) {
            var side = Math.exp(-0.5 / (sigma * sigma));
            var whole = 1 + 2 * side;
            var old = picture.clone();
            for (var i = 0; i < picture.length; i++) {
                var place = i / stride % length;
                var before = place == 0 ? old[i] : old[i - stride];
                var behind = place == length - 1 ? old[i] : old[i + stride];
                picture[i] = (float) ((old[i] + side * (before + behind)) / whole);
            }
        }
    }
}
