package dev.striate.cli;

import dev.striate.box.Box;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.PicturePaths;
import dev.striate.vision.localise.Localiser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "localise", description = "Says what the one object in pictures is, and where.",
        footerHeading = "%nExamples%n", footer = {
                "  striate localise runs/resnet18-scenes-one-1 bird.jpg",
                "  striate localise birds.safetensors photos/ --out boxes/ --json",
                "",
                "A box is its left, upper, right and lower edge in the picture's pixels, from its top left corner." })
final class LocaliseCommand implements Runnable {
    @Mixin
    private ModelParameter model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files; folders of them; patterns such as '*.jpg'.")
    private List<String> pictures;

    @Option(names = "--out", paramLabel = "DIR", description = "A folder to draw the pictures with their boxes into.")
    private Optional<Path> out;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    /// The JSON for a picture.
    record Answer(String picture, String label, double probability, Box box, Optional<String> drawn) {}

    @Override
    public void run() {
        var files = pictures.stream().flatMap(name -> PicturePaths.of(name).stream()).toList();
        var drawings = out.map(folder -> new Drawings(folder, files));
        try (var localiser = Localiser.open(model.file(), engine.running(model.file()))) {
            var answers = files.stream().map(file -> answer(localiser, file, drawings)).toList();
            output.print(answers, () -> answers.stream().map(LocaliseCommand::text).collect(Collectors.joining("\n")));
        }
    }

    private static Answer answer(Localiser localiser, Path file, Optional<Drawings> drawings) {
        var picture = Pictures.read(file);
        var found = localiser.localise(picture);
        var drawn = drawings.map(folder -> folder.of(file, ".png"));
        drawn.ifPresent(target -> Pictures.write(found.on(picture), target));
        return new Answer(file.toString(), found.label(), found.probability(), found.box(), drawn.map(Path::toString));
    }

    private static String text(Answer answer) {
        var box = answer.box();
        return String.format(Locale.ROOT, "%s  %s %.1f %%  (%.1f, %.1f) to (%.1f, %.1f)", answer.picture(),
                answer.label(), 100 * answer.probability(), box.left(), box.top(), box.right(), box.bottom());
    }
}
