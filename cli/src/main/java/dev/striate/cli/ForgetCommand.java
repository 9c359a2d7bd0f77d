package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.vision.verify.Gallery;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "forget", description = "Deletes a person from a gallery, overwriting the embeddings.",
        footerHeading = "%nExamples%n", footer = { "  striate forget staff.gallery Anna" })
final class ForgetCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "GALLERY", description = "The gallery's file.")
    private Path file;

    @Parameters(index = "1", paramLabel = "NAME", description = "Whom to forget.")
    private String name;

    @Mixin
    private Output output;

    /// The JSON of what was deleted.
    record Forgotten(String name, int pictures, int people) {}

    @Override
    public void run() {
        try (var gallery = Gallery.open(file)) {
            var count = gallery.forget(name);
            if (count == 0) {
                throw new StriateException("A name in the gallery " + file + " was expected; nobody there is called '"
                        + name + "'.");
            }
            var forgotten = new Forgotten(name, count, gallery.people().size());
            output.print(forgotten, () -> count + (count == 1 ? " picture of " : " pictures of ") + name
                    + " deleted; the gallery has " + forgotten.people()
                    + (forgotten.people() == 1 ? " person" : " people"));
        }
    }
}
