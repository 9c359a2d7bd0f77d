package dev.striate.cli;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.PicturePaths;
import dev.striate.vision.segment.MaskFile;
import dev.striate.vision.segment.Segmented;
import dev.striate.vision.segment.Segmented.Part;
import dev.striate.vision.segment.Segmenter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "segment", description = "Says the class of every pixel of pictures.", footerHeading = "%nExamples%n",
        footer = {
                "  striate segment runs/fcn8s_small-scenes-masks-1 street.jpg --out masks/",
                "  striate segment street.safetensors photos/ --out masks/ --overlay --json",
                "",
                "A mask is a PNG of the picture's size: a pixel's value is its class, shown in PASCAL VOC's colours." })
final class SegmentCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files; folders of them; patterns such as '*.jpg'.")
    private List<String> pictures;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write the masks into.")
    private Path out;

    @Option(names = "--overlay",
            description = "Also draw each picture under the colours of its mask, with a legend: NAME-overlay.png.")
    private boolean overlay;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    /// The JSON for a picture: the files, and how much of it each class covers.
    record Answer(String picture, String mask, Optional<String> overlay, List<Part> classes) {}

    @Override
    public void run() {
        var files = pictures.stream().flatMap(name -> PicturePaths.of(name).stream()).toList();
        var drawings = new Drawings(out, files);
        try (var segmenter = Segmenter.open(model.file(), engine.running(model.file()))) {
            var answers = files.stream().map(file -> answer(segmenter.segment(file), file, drawings)).toList();
            output.print(answers, () -> answers.stream().map(SegmentCommand::text).collect(Collectors.joining("\n")));
        }
    }

    private Answer answer(Segmented segmented, Path picture, Drawings drawings) {
        var mask = drawings.of(picture, ".png");
        MaskFile.write(segmented.mask(), mask);
        var drawn = overlay ? Optional.of(drawings.of(picture, "-overlay.png")) : Optional.<Path>empty();
        drawn.ifPresent(file -> Pictures.write(segmented.overlay(), file));
        return new Answer(picture.toString(), mask.toString(), drawn.map(Path::toString), segmented.parts());
    }

    private static String text(Answer answer) {
        return answer.picture() + " -> " + answer.mask() + "\n" + answer.classes().stream()
                .map(part -> String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100 * part.share(), part.label()))
                .collect(Collectors.joining());
    }
}
