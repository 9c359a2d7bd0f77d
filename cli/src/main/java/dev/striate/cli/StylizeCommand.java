package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.picture.Pictures;
import dev.striate.vision.style.StyleSettings;
import dev.striate.vision.style.StyleSettings.Descent;
import dev.striate.vision.style.StyleSettings.Start;
import dev.striate.vision.style.StyleTransfer;
import dev.striate.text.Amounts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "stylize", description = "Paints a picture in the style of others (Gatys et al. 2016).",
        footerHeading = "%nExamples%n", footer = {
                "  striate stylize tubingen.jpg starry_night.jpg --model vgg19.safetensors --out night.png",
                "  striate stylize me.jpg kandinsky.jpg monet.jpg --blend 0.7,0.3 --keep-colours --model vgg19.safetensors --out me.png",
                "",
                "Any network with weights serves; `striate import vgg19.pth --model vgg19 --out vgg19.safetensors` takes torchvision's.",
                "Layers are called as VGG's: conv4_2 is the ReLU behind the second convolution of the fourth stage. Ctrl-C keeps the",
                "picture as it is." })
final class StylizeCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "CONTENT", description = "The picture to paint.")
    private Path content;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "STYLE", description = "The pictures whose style it gets.")
    private List<Path> styles;

    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "The model whose layers look: a file (.safetensors) or a run's folder.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "F", description = "The picture to write (.png or .jpg).")
    private Path out;

    @Option(names = "--size", paramLabel = "PIXELS", defaultValue = "512",
            description = "The longer side of the result; 512 by default. Painted from coarse to fine.")
    private int size;

    @Option(names = "--sizes", paramLabel = "PIXELS", split = ",",
            description = "The sizes to paint one after the other, instead of ones that grow from 256 to --size.")
    private List<Integer> sizes = List.of();

    @Option(names = "--steps", paramLabel = "N", defaultValue = "200",
            description = "Steps at each size; 200 by default.")
    private int steps;

    @Option(names = "--optimizer", paramLabel = "HOW", defaultValue = "lbfgs",
            description = "lbfgs (the default), adam or gradient.")
    private Descent descent;

    @Option(names = "--learning-rate", paramLabel = "R", defaultValue = "0.05",
            description = "Of adam and gradient; 0.05 by default.")
    private double rate;

    @Option(names = "--start", paramLabel = "WITH", defaultValue = "content",
            description = "content (the default) or noise.")
    private Start start;

    @Option(names = "--content-weight", paramLabel = "W", defaultValue = "1",
            description = "What content weighs; 1 by default.")
    private double contentWeight;

    @Option(names = "--style-weight", paramLabel = "W", defaultValue = "1000",
            description = "What style weighs; 1,000 by default.")
    private double styleWeight;

    @Option(names = "--smoothness", paramLabel = "W", defaultValue = "0",
            description = "What differences of neighbouring pixels weigh (total variation); 0 by default.")
    private double smoothness;

    @Option(names = "--content-layers", split = ",", paramLabel = "LAYER=W",
            description = "Layers of content and what each weighs; conv4_2=1 by default.")
    private Map<String, Double> contentLayers = new LinkedHashMap<>();

    @Option(names = "--style-layers", split = ",", paramLabel = "LAYER=W",
            description = "Layers of style and what each weighs; conv1_1 to conv5_1, 0.2 each, by default.")
    private Map<String, Double> styleLayers = new LinkedHashMap<>();

    @Option(names = "--blend", split = ",", paramLabel = "W",
            description = "What each STYLE weighs, as in 0.7,0.3; all alike by default.")
    private List<Double> blend = List.of();

    @Option(names = "--average-pooling", description = "Average maps where the network takes their largest values.")
    private boolean averages;

    @Option(names = "--keep-colours", description = "Keep the content's colours.")
    private boolean keepsColours;

    @Option(names = "--preview", paramLabel = "N", description = "Write the picture each N steps as well.")
    private Optional<Integer> preview;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "The seed of noise; 0 by default.")
    private long seed;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private Output output;

    /// The JSON of what was painted.
    record Result(String file, int width, int height, int steps, double content, double style, double seconds) {}

    @Override
    public void run() {
        if (!blend.isEmpty() && blend.size() != styles.size()) {
            throw new StriateException("--blend expects a weight for each of " + styles.size() + " pictures; received "
                    + blend.size() + ".");
        }
        var settings = new StyleSettings(contentLayers, styleLayers, contentWeight, styleWeight, smoothness, start,
                descent,
                rate, steps, averages, keepsColours, sizes.isEmpty() ? StyleSettings.growing(size) : sizes, seed);
        var transfer = new StyleTransfer(ModelParameter.read(model), settings, device.start());
        var picture = Pictures.read(content);
        output.say("predicted memory: " + Amounts.gigabytes(transfer.needed(picture)));
        var sources = IntStream.range(0, styles.size()).mapToObj(i -> new StyleTransfer.Source(
                Pictures.read(styles.get(i)), blend.isEmpty() ? 1 : blend.get(i))).toList();
        var last = new StyleTransfer.Progress[1];
        var all = new int[1];
        var begun = System.nanoTime();
        try (var _ = new Interruption(transfer::stop)) {
            var painted = transfer.paint(picture, sources, progress -> {
                last[0] = progress;
                all[0]++;
                tell(progress);
            });
            Pictures.write(painted, out);
            var result = new Result(out.toString(), painted.width(), painted.height(), all[0], last[0].content(),
                    last[0].style(), (System.nanoTime() - begun) / 1e9);
            output.print(result, () -> String.format(Locale.ROOT, "%d x %d pixels after %d steps in %.0f s%n%s",
                    result.width(), result.height(), result.steps(), result.seconds(), result.file()));
        }
    }

    private void tell(StyleTransfer.Progress progress) {
        if (progress.step() % 10 == 0 || progress.step() == 1) {
            output.say(String.format(Locale.ROOT, "%d pixels  step %d/%d  content %.4g  style %.4g", progress.size(),
                    progress.step(), steps, progress.content(), progress.style()));
        }
        if (preview.isPresent() && progress.step() % preview.get() == 0) Pictures.write(progress.picture().get(), out);
    }
}
