package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.convert.Conversion;
import dev.striate.data.convert.PictureCopies;
import dev.striate.data.labels.Format;
import dev.striate.data.scene.Scenes;
import dev.striate.data.set.DataSets;
import dev.striate.graph.Size;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "make-scenes", description = "Draws pictures of shapes and writes them with their boxes or masks.",
        footerHeading = "%nExamples%n", footer = {
                "  striate make-scenes shapes/ --format voc",
                "  striate make-scenes masks/ --format masks --size 96 --train 500 --test 100 --objects 2-4",
                "",
                "Training needs no files: `--data scenes`, `scenes-one` (one shape each) or `scenes-masks` draws them." })
final class MakeScenesCommand implements Runnable {
    @Parameters(paramLabel = "OUT", description = "The folder to write; it must not exist.")
    private Path out;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "VOC",
            description = "voc (the default), coco, darknet or masks.")
    private Format format;

    @Option(names = "--size", paramLabel = "SIZE", defaultValue = "128", converter = SizeConverter.class,
            description = "Pixels on a side, or width x height as in 160x96 (default: ${DEFAULT-VALUE}).")
    private Size size;

    @Option(names = "--train", paramLabel = "N", defaultValue = "2000",
            description = "Training pictures (default: ${DEFAULT-VALUE}).")
    private int train;

    @Option(names = "--test", paramLabel = "N", defaultValue = "400",
            description = "Test pictures (default: ${DEFAULT-VALUE}).")
    private int test;

    @Option(names = "--objects", paramLabel = "N-M", defaultValue = "1-6", converter = RangeConverter.class,
            description = "Shapes in a picture (default: ${DEFAULT-VALUE}).")
    private Range objects;

    @Option(names = "--classes", paramLabel = "N", defaultValue = "8",
            description = "Kinds of shapes, 1 to 8 (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0",
            description = "Another seed draws others (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private Output output;

    /// How many shapes a picture has at least and at most.
    record Range(int fewest, int most) {}

    @Override
    public void run() {
        var scenes = Scenes.USUAL.withSize(size).withObjects(objects.fewest(), objects.most()).withClasses(classes);
        var drawn = DataSets.scenes(scenes, format == Format.MASKS, seed, train, test);
        var outcome = Conversion.write(drawn, out, format, PictureCopies.COPY);
        output.print(outcome, () -> ConvertLabelsCommand.text(outcome));
    }

    static final class RangeConverter implements ITypeConverter<Range> {
        private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");

        @Override
        public Range convert(String text) {
            var match = RANGE.matcher(text);
            if (!match.matches()) {
                throw new StriateException("Expected one number or two, as in 3 or 2-4; received '" + text + "'.");
            }
            var fewest = Integer.parseInt(match.group(1));
            return new Range(fewest, match.group(2) == null ? fewest : Integer.parseInt(match.group(2)));
        }
    }

    static final class SizeConverter implements ITypeConverter<Size> {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:[x×](\\d{1,5}))?");

        @Override
        public Size convert(String text) {
            var match = SIZE.matcher(text);
            if (!match.matches()) {
                throw new StriateException("Expected a side or width x height, as in 128 or 160x96; received '" + text
                        + "'.");
            }
            var width = Integer.parseInt(match.group(1));
            return new Size(match.group(2) == null ? width : Integer.parseInt(match.group(2)), width);
        }
    }
}
