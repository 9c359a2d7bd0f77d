package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Part;
import dev.striate.text.TextTable;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.Running;
import dev.striate.vision.detect.BoxOwners;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.Thresholds;
import dev.striate.vision.explain.Explainer;
import dev.striate.vision.explain.Explanation;
import dev.striate.vision.explain.Explanation.Peak;
import dev.striate.vision.explain.Maximisation;
import dev.striate.vision.explain.Occlusion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = "Shows what a network looks at, and what its layers answer to.",
        footerHeading = "%nMethods%n", footer = {
                "  gradcam          where the last maps speak for a class (Selvaraju et al. 2017)",
                "  occlusion        where hiding a square costs the class most (Zeiler and Fergus 2014)",
                "  saliency         the gradient of each pixel (Simonyan et al. 2014)",
                "  guided           guided backpropagation (Springenberg et al. 2015)",
                "  deconvnet        the way back of Zeiler and Fergus (2014); with --layer of its strongest unit",
                "  activations      the maps of a layer, the strongest first",
                "  filters          the weights of a convolution; of the first unless --layer names another",
                "  receptive-field  what the strongest unit of a layer can see, and what it looks at",
                "  patches          the parts of --data's pictures that excite a channel most",
                "  nearest          the pictures of --data that a layer sees most nearly as it sees this one",
                "  excite           the picture that excites a class or a channel most",
                "  boxes            of a YOLO: which cell and anchor answers for each box, and which box lost against it",
                "",
                "Examples",
                "  striate explain runs/resnet18-flowers-1 rose.jpg --method gradcam",
                "  striate explain flowers.safetensors rose.jpg --method occlusion --class tulip --out why.png",
                "  striate explain flowers.safetensors rose.jpg --method activations --layer layer1.0.relu2",
                "  striate explain flowers.safetensors rose.jpg --method nearest --data flowers/",
                "  striate explain flowers.safetensors --method filters",
                "  striate explain flowers.safetensors --method excite --class rose",
                "  striate explain flowers.safetensors --method patches --layer layer3.1.relu2 --channel 7 --data flowers/" })
final class ExplainCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PICTURE", description = "A picture's file.")
    private Optional<Path> picture;

    @Option(names = "--method", required = true, paramLabel = "METHOD", description = "One of those below.")
    private String method;

    @Option(names = "--class", paramLabel = "C",
            description = "The class to ask for; otherwise the model's own answer.")
    private Optional<String> label;

    @Option(names = "--layer", paramLabel = "L",
            description = "The layer, by its name in `striate describe MODEL --nodes`.")
    private Optional<String> layer;

    @Option(names = "--channel", paramLabel = "N", description = "A channel of the layer, from 0.")
    private Optional<Integer> channel;

    @Option(names = "--data", paramLabel = "DATA",
            description = "A data set whose pictures `patches` and `nearest` search.")
    private Optional<String> data;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000",
            description = "How many pictures they search; 1,000 by default.")
    private int limit;

    @Option(names = "--square", paramLabel = "PIXELS",
            description = "The side of the square of `occlusion`; a sixth of the picture's by default.")
    private Optional<Integer> square;

    @Option(names = "--stride", paramLabel = "PIXELS",
            description = "From one place of the square to the next; half its side by default.")
    private Optional<Integer> stride;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "256",
            description = "Steps of `excite`; 256 by default.")
    private int steps;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "The seed of `excite`; 0 by default.")
    private long seed;

    @Option(names = "--out", paramLabel = "F",
            description = "The figure to write (.png); PICTURE-METHOD.png here by default.")
    private Optional<Path> out;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private Output output;

    /// The JSON of what was drawn.
    ///
    /// @param peak where in the network's input the most speaks for the class
    record Result(String method, String layer, Optional<String> label, Optional<Peak> peak, String file) {}

    /// The JSON of what a detector's boxes come from.
    record Boxes(String method, List<BoxText> boxes, String file) {}

    /// One box, whose cell is counted from 0, and the surest that it suppressed.
    record BoxText(String label, double score, String output, int row, int column, int anchor,
            Optional<LostText> lost) {}

    /// A box that was not kept.
    record LostText(double score, double overlap, String output, int row, int column, int anchor) {}

    @Override
    public void run() {
        if (method.equals("boxes")) {
            boxes();
            return;
        }
        try (var explainer = Explainer.open(model.file(), device.start())) {
            var explanation = explanation(explainer);
            var file = out.orElseGet(this::usual);
            Pictures.write(explanation.figure().draw(), file);
            var result = new Result(method, explanation.layer(), explanation.label().stream()
                    .mapToObj(explainer::name).findFirst(), explanation.peak(), file.toString());
            output.print(result, () -> text(result));
        }
    }

    private void boxes() {
        try (var detector = Detector.open(model.file(), new Running(device.start()))) {
            var seen = picture();
            var owners = detector.owners(seen, Thresholds.DEFAULT);
            var file = out.orElseGet(this::usual);
            Pictures.write(owners.draw(seen, detector.labels()), file);
            var texts = owners.boxes().stream().map(kept -> text(kept, detector.labels())).toList();
            output.print(new Boxes(method, texts, file.toString()), () -> table(texts) + "\n" + file);
        }
    }

    private static BoxText text(BoxOwners.Kept kept, List<String> labels) {
        var owned = kept.owned();
        return new BoxText(labels.get(owned.detection().label()), owned.detection().score(), owned.output(),
                owned.row(),
                owned.column(), owned.anchor(), kept.runnerUp().map(lost -> new LostText(
                        lost.owned().detection().score(), lost.overlap(), lost.owned().output(), lost.owned().row(),
                        lost.owned().column(), lost.owned().anchor())));
    }

    private static TextTable table(List<BoxText> boxes) {
        var table = new TextTable("class", "score", "output", "row, column", "anchor", "lost against it");
        for (var box : boxes) {
            table.row(box.label(), share(box.score()), box.output(), box.row() + ", " + box.column(), box.anchor(),
                    box.lost().map(lost -> String.format(Locale.ROOT, "%s at %d, %d, anchor %d: overlaps by %s",
                            share(lost.score()), lost.row(), lost.column(), lost.anchor(), share(lost.overlap())))
                            .orElse(""));
        }
        return table;
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    private Explanation explanation(Explainer explainer) {
        return switch (method) {
            case "gradcam" -> Explanation.gradCam(explainer, picture(), label(explainer),
                    layer.orElseGet(explainer::lastMap));
            case "occlusion" -> Explanation.occlusion(explainer, picture(), label(explainer), occlusion(explainer));
            case "saliency" -> gradient(explainer, ReluGradient.TRUE);
            case "guided" -> gradient(explainer, ReluGradient.GUIDED);
            case "deconvnet" -> gradient(explainer, ReluGradient.DECONVNET);
            case "activations" -> Explanation.activations(explainer, picture(), layer());
            case "filters" -> Explanation.filters(explainer, layer);
            case "receptive-field" -> Explanation.receptiveField(explainer, picture(), layer(), channelOrStrongest());
            case "patches" -> Explanation.patches(explainer, searched(), layer(), channel());
            case "nearest" -> Explanation.nearest(explainer, picture(), searched(),
                    layer.orElseGet(explainer::featureLayer));
            case "excite" -> excite(explainer);
            default ->
                throw new StriateException("A method was expected: gradcam, occlusion, saliency, guided, deconvnet, "
                        + "activations, filters, receptive-field, patches, nearest, excite or boxes; received '"
                        + method
                        + "'.");
        };
    }

    private Explanation gradient(Explainer explainer, ReluGradient rule) {
        return layer.isPresent() ? Explanation.gradient(explainer, picture(), layer.get(), channelOrStrongest(), rule)
                : Explanation.gradient(explainer, picture(), label(explainer), rule);
    }

    private Explanation excite(Explainer explainer) {
        var usual = Maximisation.usual(explainer.network().input().height(), seed);
        var maximisation = new Maximisation(steps, usual.rate(), usual.decay(), usual.jitter(), usual.blur(), seed);
        if (layer.isPresent()) return Explanation.excite(explainer, layer.get(), channel(), maximisation);
        return Explanation.excite(explainer, explainer.logitsLayer(),
                explainer.label(label.orElseThrow(() -> missing("--class C, or --layer L and --channel N"))),
                maximisation);
    }

    private Occlusion occlusion(Explainer explainer) {
        var usual = Explanation.usualOcclusion(explainer);
        var side = square.orElse(usual.square());
        return new Occlusion(side, stride.orElse(Math.max(1, side / 2)), usual.value());
    }

    private int label(Explainer explainer) {
        return label.isPresent() ? explainer.label(label.get()) : explainer.answer(picture());
    }

    private Picture picture() {
        return Pictures.read(picture.orElseThrow(() -> missing("a picture's file")));
    }

    private DataSet searched() {
        return DataSets.open(data.orElseThrow(() -> missing("--data DATA"))).part(Part.TEST).limit(limit);
    }

    private String layer() {
        return layer.orElseThrow(() -> missing("--layer L"));
    }

    private int channel() {
        return channel.orElseThrow(() -> missing("--channel N"));
    }

    private OptionalInt channelOrStrongest() {
        return channel.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private StriateException missing(String what) {
        return new StriateException("The method " + method + " expects " + what + "; received none.");
    }

    private Path usual() {
        var of = picture.map(file -> file.getFileName().toString().replaceFirst("\\.[^.]*$", ""))
                .orElseGet(() -> model.place().getFileName().toString().replaceFirst("\\.safetensors$", ""));
        return Path.of(Stream.of(Optional.of(of), Optional.of(method), layer, channel.map(String::valueOf), label)
                .flatMap(Optional::stream).collect(Collectors.joining("-")).replaceAll("[/\\\\]", "_") + ".png");
    }

    private static String text(Result result) {
        var of = Stream.of(result.label(), Optional.of("layer " + result.layer()), result.peak().map(
                peak -> String.format(Locale.ROOT, "most at %d, %d of the network's input", peak.x(), peak.y())))
                .flatMap(Optional::stream).collect(Collectors.joining(", "));
        return String.join("\n", List.of(of, result.file()));
    }
}
