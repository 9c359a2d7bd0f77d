package dev.striate.cli;

import dev.striate.data.set.PicturePaths;
import dev.striate.vision.verify.Gallery;
import dev.striate.vision.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "enrol", description = "Adds pictures of a person to a gallery, as embeddings of a model.",
        footerHeading = "%nExamples%n", footer = {
                "  striate enrol staff.gallery Anna anna/*.jpg --model faces.safetensors --faces cascade",
                "",
                "The gallery is one SQLite file for one model; it keeps no pictures. A picture that is farther than the",
                "model's threshold from all others of that name is refused. Ask people before you enrol them." })
final class EnrolCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "GALLERY", description = "The gallery's file; made where there is none.")
    private Path file;

    @Parameters(index = "1", paramLabel = "NAME", description = "Who the pictures show.")
    private String name;

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files; folders of them; patterns such as '*.jpg'.")
    private List<String> pictures;

    @Option(names = "--model", required = true, paramLabel = "MODEL",
            description = "The model's file or its run's folder.")
    private Path model;

    @Option(names = "--anyway", description = "Enrol pictures that do not look like the others of that name.")
    private boolean anyway;

    @Mixin
    private FaceOptions faces;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    /// The JSON of what was stored.
    record Enrolled(String name, int pictures, int people) {}

    @Override
    public void run() {
        try (var verifier = Verifier.open(model, engine.running(model));
                var gallery = Gallery.openOrCreate(file, verifier.embedder())) {
            var embeddings = pictures.stream().flatMap(each -> PicturePaths.of(each).stream())
                    .map(each -> verifier.embedding(faces.one(each))).toList();
            if (anyway) gallery.enrolAnyway(name, embeddings);
            else gallery.enrol(name, embeddings);
            var enrolled = new Enrolled(name, embeddings.size(), gallery.people().size());
            output.print(enrolled, () -> embeddings.size() + (embeddings.size() == 1 ? " picture of " : " pictures of ")
                    + name + "; the gallery has " + enrolled.people()
                    + (enrolled.people() == 1 ? " person" : " people"));
        }
    }
}
