package dev.striate.cli;

import dev.striate.data.set.PicturePaths;
import dev.striate.vision.verify.Gallery;
import dev.striate.vision.verify.Match;
import dev.striate.vision.verify.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "identify", description = "Says who of a gallery a picture shows.", footerHeading = "%nExamples%n",
        footer = {
                "  striate identify staff.gallery door.jpg --model faces.safetensors --faces cascade --top 3",
                "",
                "Known is who is within the gallery's threshold. It says nothing of whether somebody is there: a photograph",
                "of a face passes as the face." })
final class IdentifyCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "GALLERY", description = "The gallery's file.")
    private Path file;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files; folders of them; patterns such as '*.jpg'.")
    private List<String> pictures;

    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "The model's file or its run's folder.")
    private Path model;

    @Option(names = "--top", paramLabel = "N", defaultValue = "1",
            description = "How many people to show (default: ${DEFAULT-VALUE}).")
    private int top;

    @Mixin
    private FaceOptions faces;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    /// The JSON of a picture or, with --faces, of each face in it.
    record Answer(String picture, boolean known, List<Match> nearest) {}

    @Override
    public void run() {
        var answers = new ArrayList<Answer>();
        try (var verifier = Verifier.open(model, engine.running(model)); var gallery = Gallery.open(file)) {
            gallery.expects(verifier.embedder());
            for (var each : pictures.stream().flatMap(name -> PicturePaths.of(name).stream()).toList()) {
                for (var face : faces.all(each)) {
                    var nearest = gallery.nearest(verifier.embedding(face), top);
                    answers.add(
                            new Answer(each.toString(), nearest.getFirst().distance() <= gallery.threshold(), nearest));
                }
            }
        }
        output.print(answers, () -> answers.isEmpty() ? "no face was found"
                : answers.stream().map(IdentifyCommand::text).collect(Collectors.joining("\n")));
    }

    private static String text(Answer answer) {
        return answer.picture() + "  " + (answer.known() ? "" : "unknown; nearest: ") + answer.nearest().stream()
                .map(match -> String.format(Locale.ROOT, "%s (%.3f)", match.name(), match.distance()))
                .collect(Collectors.joining(", "));
    }
}
