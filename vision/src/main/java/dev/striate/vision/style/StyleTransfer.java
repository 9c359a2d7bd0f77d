package dev.striate.vision.style;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.graph.Costs;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Precision;
import dev.striate.text.Amounts;
import dev.striate.torch.Device;
import dev.striate.torch.Model;
import dev.striate.torch.StyleObjective;
import dev.striate.vision.train.Memory;
import dev.striate.weights.ModelFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Paints a picture with the content of one and the style of others, by the layers of any network with weights (Gatys et al.
/// 2016).
public final class StyleTransfer {
    private static final double NOISE = 0.3;
    /// Of the free memory.
    private static final double MOST_MEMORY = 0.9;
    /// Pixels a side that any layer can do with.
    private static final int LARGEST_FIELD = 1024;

    private final ModelFile file;
    private final Network network;
    private final StyleSettings settings;
    private final SequencedMap<String, Double> content;
    private final SequencedMap<String, Double> style;
    private final Device device;
    private volatile boolean stopped;

    /// A picture whose style counts, and how much beside others.
    public record Source(Picture picture, double weight) {}

    /// How far painting is.
    ///
    /// @param size the longer side that is being painted
    /// @param step of this size, from 1
    /// @param content what the content costs, weighed
    /// @param style what the style costs, weighed
    /// @param picture as it is now
    public record Progress(int size, int step, double content, double style, Supplier<Picture> picture) {}

    /// Is told of each step.
    @FunctionalInterface
    public interface Listener {
        void on(Progress progress);
    }

    /// Refuses layers that the network does not have.
    public StyleTransfer(ModelFile file, StyleSettings settings, Device device) {
        this.file = file;
        this.settings = settings;
        this.device = device;
        network = settings.averages() ? StyleLayers.averaged(file.network().atInference())
                : file.network().atInference();
        if (network.input().channels() != 3) {
            throw StriateException.network("Style transfer expects a network that reads colours; " + network.name()
                    + " reads " + network.input() + ".");
        }
        var layers = StyleLayers.of(network);
        content = layers.weights(settings.content().isEmpty() ? layers.usualContent() : settings.content(),
                settings.contentWeight());
        style = layers.weights(settings.style().isEmpty() ? layers.usualStyle() : settings.style(),
                settings.styleWeight());
    }

    /// The bytes that the largest picture takes, as far as the network's values go.
    public long needed(Picture picture) {
        return Costs.of(part(fitted(picture, settings.sizes().getLast()))).trainingBytes(1, 0);
    }

    /// The layers in use, for pictures of a size; refuses one of which they would leave nothing.
    private Network part(Size size) {
        var nodes = new LinkedHashSet<>(content.keySet());
        nodes.addAll(style.keySet());
        var part = StyleLayers.upTo(network, nodes, size);
        if (fits(part)) return part;
        var least = IntStream.range(1, LARGEST_FIELD).filter(side -> fits(part.withInput(new Shape(3, side, side))))
                .findFirst().orElse(LARGEST_FIELD);
        throw new StriateException("The layers of " + network.name() + " up to " + part.nodes().getLast().name()
                + " expect pictures of at least " + least + " pixels a side; received one that is painted at " + size
                + ".");
    }

    private static boolean fits(Network part) {
        try {
            Shapes.of(part);
            return true;
        } catch (StriateException tooSmall) {
            return false;
        }
    }

    /// Ends painting after the step at hand; what there is is given; from any thread.
    public void stop() {
        stopped = true;
    }

    /// Paints; refuses what does not fit into memory, and a style of one colour.
    public Picture paint(Picture picture, List<Source> sources, Listener listener) {
        if (sources.isEmpty())
            throw new StriateException("At least one picture for style was expected; received none.");
        sources.forEach(source -> refuseOneColour(source.picture()));
        check(picture);
        var painted = Pictures.rgb(picture);
        var isFirst = true;
        for (var side : settings.sizes()) {
            if (stopped && !isFirst) break;
            var size = fitted(picture, side);
            var here = Pictures.resize(Pictures.rgb(picture), size.width(), size.height());
            var start = isFirst ? here : Pictures.resize(painted, size.width(), size.height());
            painted = paint(here, start, isFirst, sources, side, listener);
            isFirst = false;
        }
        return painted;
    }

    private static void refuseOneColour(Picture picture) {
        var pixels = picture.pixels();
        for (var i = picture.channels(); i < pixels.length; i++) {
            if (pixels[i] != pixels[i - picture.channels()]) return;
        }
        throw new StriateException(
                "A picture with some texture was expected for style; received one of a single colour, "
                        + picture.width() + " × " + picture.height() + " pixels.");
    }

    private void check(Picture picture) {
        var needed = needed(picture);
        Memory.available(device).ifPresent(available -> {
            if (needed <= MOST_MEMORY * available) return;
            throw StriateException.machine("A picture of " + settings.sizes().getLast()
                    + " pixels is predicted to need "
                    + Amounts.gigabytes(needed) + " of memory, and " + Amounts.gigabytes(available) + " are free.");
        });
    }

    private static Size fitted(Picture picture, int side) {
        var share = (double) side / Math.max(picture.width(), picture.height());
        return new Size((int) Math.max(1, Math.round(picture.height() * share)),
                (int) Math.max(1, Math.round(picture.width() * share)));
    }

    private Picture paint(Picture here, Picture start, boolean isFirst, List<Source> sources, int side,
            Listener listener) {
        var part = part(here.size());
        try (var arena = Arena.ofConfined();
                var model = Model.of(part, file.withNetwork(part).tensors(), device, Precision.FLOAT32);
                var objective = new StyleObjective(model, content(here), style)) {
            objective.content(pixels(here, arena));
            objective.style(sources.stream().map(source -> resized(source, side, arena)).toList());
            return descend(objective, new StyleCanvas(file.preprocessing(), part.input(), values(start, isFirst)), here,
                    side, listener);
        }
    }

    /// What content weighs at a size: its cost is a sum over positions, style's a mean, so that of twice as many each counts half.
    SequencedMap<String, Double> content(Picture here) {
        var share = (double) fitted(here, settings.sizes().getFirst()).area() / here.size().area();
        var weights = new LinkedHashMap<String, Double>();
        content.forEach((name, weight) -> weights.put(name, weight * share));
        return weights;
    }

    private StyleObjective.Source resized(Source source, int side, Arena arena) {
        var size = part(fitted(source.picture(), side)).input().size();
        var resized = Pictures.resize(Pictures.rgb(source.picture()), size.width(), size.height());
        return new StyleObjective.Source(pixels(resized, arena), new Shape(3, size.height(), size.width()),
                source.weight());
    }

    private Picture descend(StyleObjective objective, StyleCanvas canvas, Picture here, int side, Listener listener) {
        try (var arena = Arena.ofConfined(); var descent = StyleDescent.of(settings, canvas.values())) {
            var pixels = arena.allocate(canvas.shape().elements() * Float.BYTES, 64);
            for (var step = 1; step <= settings.steps() && !stopped; step++) {
                canvas.show(pixels);
                var measured = objective.measure(pixels);
                var gradient = measured.gradient();
                var smooth = new TotalVariation(canvas.shape()).add(canvas.values(), settings.smoothness(), gradient);
                descent.step(canvas.values(), gradient, measured.total() + smooth);
                var ofStyle = StyleObjective.weighed(style, measured.style());
                listener.on(new Progress(side, step, measured.total() - ofStyle, ofStyle,
                        () -> coloured(canvas.picture(), here)));
            }
            return coloured(canvas.picture(), here);
        }
    }

    private Picture coloured(Picture painted, Picture here) {
        return settings.keepsColours() ? Colours.of(painted, here) : painted;
    }

    private MemorySegment pixels(Picture picture, Arena arena) {
        var shape = new Shape(3, picture.height(), picture.width());
        var pixels = arena.allocate(shape.elements() * Float.BYTES, 64);
        new StyleCanvas(file.preprocessing(), shape, StyleCanvas.values(picture, file.preprocessing())).show(pixels);
        return pixels;
    }

    private double[] values(Picture start, boolean isFirst) {
        var values = StyleCanvas.values(start, file.preprocessing());
        if (!isFirst || settings.start() == StyleSettings.Start.CONTENT) return values;
        var random = RandomStream.of(settings.seed());
        for (var i = 0; i < values.length; i++) values[i] = NOISE * random.normal(i);
        return values;
    }
}
