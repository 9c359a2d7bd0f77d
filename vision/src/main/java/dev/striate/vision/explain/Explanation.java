package dev.striate.vision.explain;

import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.graph.ReceptiveField;
import dev.striate.target.Target;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.explain.ExplanationFigure.Bar;
import dev.striate.vision.explain.ExplanationFigure.Panel;
import dev.striate.vision.report.Canvas;
import dev.striate.vision.report.ColourMaps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// An answer to "why?" or "what does it see?", with the figure that shows it.
///
/// @param layer that was looked at
/// @param label the class that was asked for, where one was
/// @param peak where in the network's input the most speaks for it, where that is one place
public record Explanation(ExplanationFigure figure, String layer, OptionalInt label, Optional<Peak> peak) {
    /// Of so many pixels one in 200 is brighter than the largest colour: a few are often far above all others.
    private static final double SHOWN = 0.995;
    private static final int MOST_CHANNELS = 60;
    private static final int PATCHES = 9;
    private static final int NEAREST = 9;
    private static final double NEAREST_SIDE = 120;
    private static final int MARK = 0xf03c3c;
    /// Pixels to the height of a panel, so that a line on a small picture is thin.
    private static final double FINEST = 480;

    /// A pixel of the network's input: where a map is largest or, where its places see many pixels, the middle of what that place
    /// sees.
    public record Peak(int x, int y) {}

    /// The gradient of a class's logit, pixel by pixel.
    public static Explanation gradient(Explainer explainer, Picture picture, int label, ReluGradient rule) {
        return gradient(explainer, picture, explainer.gradient(picture, label, rule), rule,
                Layers.logits(explainer.network()), OptionalInt.of(label));
    }

    /// The gradient of the strongest unit of a layer or, where one is given, of that of a channel.
    public static Explanation gradient(Explainer explainer, Picture picture, String layer, OptionalInt channel,
            ReluGradient rule) {
        var unit = strongest(explainer.activations(picture, layer), channel);
        return gradient(explainer, picture, explainer.gradient(picture, layer, unit, rule), rule, layer,
                OptionalInt.empty());
    }

    private static Explanation gradient(Explainer explainer, Picture picture, PixelGradient gradient, ReluGradient rule,
            String layer, OptionalInt label) {
        var input = explainer.input(picture);
        var map = new HeatMap(input.size(), gradient.magnitudes());
        var most = quantile(map.values());
        var panels = new ArrayList<>(List.of(new Panel(input, "what the network sees"), new Panel(
                ColourMaps.heat(map.values(), 0, input.width(), input.height(), most), "how much each pixel counts")));
        if (rule != ReluGradient.TRUE) panels.add(new Panel(coloured(gradient), "which way"));
        return new Explanation(ExplanationFigure.row(name(rule) + ": " + asked(explainer, picture, layer, label),
                explainer.network().name() + ", layer " + layer, panels,
                Optional.of(new Bar(false, 0, most, "|gradient|"))), layer, label,
                Optional.of(map.peak(input.size(), ReceptiveField.PIXEL)));
    }

    private static String name(ReluGradient rule) {
        return switch (rule) {
            case TRUE -> "Saliency";
            case GUIDED -> "Guided backpropagation";
            case DECONVNET -> "Deconvnet";
        };
    }

    /// Where the maps of a layer speak for a class.
    public static Explanation gradCam(Explainer explainer, Picture picture, int label, String layer) {
        var cam = explainer.gradCam(picture, label, layer);
        var input = explainer.input(picture);
        var map = new HeatMap(cam.size(), cam.map());
        var places = field(explainer, layer);
        var panels = List.of(new Panel(input, "what the network sees"),
                new Panel(map.enlarged(input.size(), places).over(input),
                        cam.size().height() + " × " + cam.size().width() + " places of the layer"));
        return new Explanation(
                ExplanationFigure.row("Grad-CAM: " + asked(explainer, picture, layer, OptionalInt.of(label)),
                        explainer.network().name() + ", layer " + layer, panels,
                        Optional.of(new Bar(false, 0, map.most(), "for the class"))),
                layer, OptionalInt.of(label), Optional.of(map.peak(input.size(), places)));
    }

    /// Where hiding a square costs a class most.
    public static Explanation occlusion(Explainer explainer, Picture picture, int label, Occlusion occlusion) {
        var logits = explainer.occlusion(picture, label, occlusion);
        var input = explainer.input(picture);
        var map = new HeatMap(logits.places(), logits.losses());
        var layer = Layers.logits(explainer.network());
        var places = occlusion.field();
        var panels = List.of(new Panel(input, "what the network sees"),
                new Panel(map.enlarged(input.size(), places).over(input),
                        "a square of " + occlusion.square() + " pixels at " + map.size().area() + " places"));
        return new Explanation(
                ExplanationFigure.row("Occlusion: " + asked(explainer, picture, layer, OptionalInt.of(label)),
                        explainer.network().name() + ", layer " + layer, panels,
                        Optional.of(new Bar(false, 0, map.most(), "logit lost"))),
                layer, OptionalInt.of(label), Optional.of(map.peak(input.size(), places)));
    }

    /// The maps of a layer, the strongest channel first.
    public static Explanation activations(Explainer explainer, Picture picture, String layer) {
        Layers.maps(explainer.network(), layer);
        var activations = explainer.activations(picture, layer);
        var size = activations.shape().size();
        var channels = activations.strongest().stream().limit(MOST_CHANNELS).toList();
        var most = activations.largest();
        var panels = channels.stream().map(channel -> new Panel(ColourMaps.heat(activations.values(),
                channel * size.area(), size.width(), size.height(), most), "channel " + channel)).toList();
        return new Explanation(ExplanationFigure.grid("Activations of " + layer,
                String.format(Locale.ROOT, "%s, %d of %d channels of %d × %d, the strongest first",
                        explainer.network().name(), panels.size(), activations.shape().channels(), size.height(),
                        size.width()),
                panels, Optional.of(new Bar(false, 0, most, "value"))), layer, OptionalInt.empty(), Optional.empty());
    }

    /// The weights of a convolution; of the first, which reads colours, in colours.
    public static Explanation filters(Explainer explainer, Optional<String> layer) {
        var filters = Filters.of(explainer, layer);
        var count = Math.min(MOST_CHANNELS, filters.count());
        var most = filters.most();
        var panels = IntStream.range(0, count).mapToObj(i -> new Panel(filters.picture(i, most), "filter " + i))
                .toList();
        return new Explanation(
                ExplanationFigure.grid("Filters of " + filters.layer(),
                        explainer.network().name() + ", " + count + " of "
                                + filters.count() + " filters of " + filters.words(),
                        panels,
                        Optional.of(new Bar(true, -most, most, "weight"))
                                .filter(_ -> !filters.isColoured())),
                filters.layer(), OptionalInt.empty(), Optional.empty());
    }

    /// The picture that excites a channel of a layer most.
    public static Explanation excite(Explainer explainer, String layer, int channel, Maximisation maximisation) {
        var exciting = maximisation.of(explainer, layer, channel);
        var isClass = layer.equals(Layers.logits(explainer.network())) && !explainer.file().labels().isEmpty();
        var panel = new Panel(exciting.picture(), String.format(Locale.ROOT, "from %.3g at noise to %.3g",
                exciting.first(), exciting.last()));
        return new Explanation(ExplanationFigure.row("Excites " + (isClass ? explainer.name(channel)
                : "channel "
                        + channel),
                explainer.network().name() + ", layer " + layer + ", " + maximisation.steps() + " steps",
                List.of(panel), Optional.empty()), layer, isClass ? OptionalInt.of(channel) : OptionalInt.empty(),
                Optional.empty());
    }

    /// The patches of a set's pictures that excite a channel of a layer most.
    public static Explanation patches(Explainer explainer, DataSet pictures, String layer, int channel) {
        var panels = TopPatches.of(explainer, pictures, layer, channel, PATCHES).stream()
                .map(patch -> new Panel(patch.patch(), String.format(Locale.ROOT, "%.3g", patch.activation())))
                .toList();
        return new Explanation(new ExplanationFigure("Patches for channel " + channel + " of " + layer,
                explainer.network().name() + ", the strongest in " + pictures.size() + " pictures, with its value",
                panels,
                panels.size(), 96, Optional.empty()), layer, OptionalInt.empty(), Optional.empty());
    }

    /// The pictures of a set that a layer sees most nearly as it sees this one.
    public static Explanation nearest(Explainer explainer, Picture picture, DataSet pictures, String layer) {
        var panels = new ArrayList<>(List.of(new Panel(explainer.input(picture), "what the network sees")));
        panels.addAll(near(explainer, picture, pictures, layer));
        return new Explanation(new ExplanationFigure("Nearest pictures by " + layer, explainer.network().name()
                + ", of " + pictures.size() + " pictures, with the cosine between what the layer gives for both",
                panels,
                NEAREST / 2 + 1, NEAREST_SIDE, Optional.empty()), layer, OptionalInt.empty(), Optional.empty());
    }

    private static List<Panel> near(Explainer explainer, Picture picture, DataSet pictures, String layer) {
        return NearestPictures.of(explainer, picture, pictures, layer, NEAREST).stream()
                .map(near -> new Panel(near.picture(), String.format(Locale.ROOT, "%.2f %s", near.cosine(),
                        called(pictures, near.index()))))
                .toList();
    }

    /// A picture's class or, where it has none, where it comes from.
    private static String called(DataSet pictures, int index) {
        return pictures.target(index) instanceof Target.Label(var label) ? pictures.classes().get(label)
                : pictures.name(index);
    }

    /// What the strongest unit of a layer can see of a picture, and what it looks at there.
    public static Explanation receptiveField(Explainer explainer, Picture picture, String layer, OptionalInt channel) {
        var shape = Layers.maps(explainer.network(), layer);
        var unit = strongest(explainer.activations(picture, layer), channel);
        var place = unit % shape.size().area();
        var field = field(explainer, layer);
        var input = explainer.input(picture);
        var seen = Seen.of(field, place / shape.width(), place % shape.width(), input.size());
        var fine = Math.max(1, FINEST / input.height());
        var canvas = new Canvas(input.width(), input.height(), 0, fine);
        canvas.paste(input, 0, 0);
        canvas.frame(seen.left(), seen.top(), seen.width(), seen.height(), 3 / fine, MARK);
        var map = new HeatMap(input.size(), explainer.gradient(picture, layer, unit, ReluGradient.TRUE).magnitudes());
        var most = quantile(map.values());
        var panels = List.of(new Panel(canvas.picture(), "what the unit can see"),
                new Panel(ColourMaps.heat(map.values(), 0, input.width(), input.height(), most), "what it looks at"));
        var beyond = field.size().height() > input.height() || field.size().width() > input.width()
                ? ", more than the picture has"
                : "";
        return new Explanation(ExplanationFigure.row("Receptive field: " + field.size().height() + " × "
                + field.size().width() + " pixels" + beyond,
                explainer.network().name() + ", layer " + layer + ", channel "
                        + unit / shape.size().area(),
                panels, Optional.of(new Bar(false, 0, most, "|gradient|"))), layer, OptionalInt.empty(),
                Optional.of(map.peak(input.size(), ReceptiveField.PIXEL)));
    }

    private static ReceptiveField field(Explainer explainer, String layer) {
        return ReceptiveField.of(explainer.network()).get(explainer.network().index(layer));
    }

    private static int strongest(Activations activations, OptionalInt channel) {
        if (channel.isEmpty()) return activations.strongestUnit();
        var asked = channel.getAsInt();
        // One that is not there is refused with the units that are.
        return asked < 0 || asked >= activations.shape().channels() ? asked * activations.shape().size().area()
                : activations.strongestUnit(asked);
    }

    private static String asked(Explainer explainer, Picture picture, String layer, OptionalInt label) {
        if (label.isEmpty()) return "a unit of " + layer;
        var logits = explainer.logits(picture);
        var largest = Float.NEGATIVE_INFINITY;
        for (var logit : logits) largest = Math.max(largest, logit);
        var sum = 0.0;
        for (var logit : logits) sum += Math.exp(logit - largest);
        return String.format(Locale.ROOT, "%s (%.0f %%)", explainer.name(label.getAsInt()),
                100 * Math.exp(logits[label.getAsInt()] - largest) / sum);
    }

    private static double quantile(float[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return Math.max(Float.MIN_NORMAL, sorted[(int) (SHOWN * (sorted.length - 1))]);
    }

    /// The gradient about a medium grey.
    private static Picture coloured(PixelGradient gradient) {
        var magnitudes = gradient.magnitudes();
        var most = quantile(magnitudes);
        var shape = gradient.shape();
        var picture = new Picture(shape.width(), shape.height(), shape.channels(), new byte[gradient.values().length]);
        for (var i = 0; i < gradient.values().length; i++) {
            picture.pixels()[i] = (byte) Math.clamp(Math.round(127.5 + 127.5 * gradient.values()[i] / most), 0, 255);
        }
        return picture;
    }

    /// How pictures are hidden when nobody says otherwise: by squares of a sixth of the shorter side, half their side apart, in the
    /// picture's own mean colour.
    public static Occlusion usualOcclusion(Explainer explainer) {
        var size = explainer.network().input().size();
        var square = Math.max(1, Math.min(size.height(), size.width()) / 6);
        return new Occlusion(square, Math.max(1, square / 2), OptionalDouble.empty());
    }
}
