package dev.striate.cli;

import dev.striate.data.face.Alignment;
import dev.striate.data.face.FaceFinder;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option that looks for faces before anything is compared.
final class FaceOptions {
    private static final double MARGIN = 0.15;
    /// The side of the square that a face becomes, before it is brought to the model's input.
    private static final int SIDE = 160;

    @Option(names = "--faces", paramLabel = "FINDER",
            description = "Cut the face out first: by OpenCV's YuNet, the file of which this names, or by its cascade for faces "
                    + "from the front, with the word cascade. Otherwise pictures are taken whole.")
    private Optional<String> finder;

    /// A picture that shows one, or the face in it; refuses a picture with no face or several.
    Picture one(Path file) {
        var picture = Pictures.read(file);
        if (finder.isEmpty()) return picture;
        try (var faces = open(finder.get())) {
            return new Alignment(SIDE, MARGIN).of(picture, faces.one(picture, file.toString()));
        }
    }

    /// A picture, or all faces in it.
    List<Picture> all(Path file) {
        var picture = Pictures.read(file);
        if (finder.isEmpty()) return List.of(picture);
        try (var faces = open(finder.get())) {
            var alignment = new Alignment(SIDE, MARGIN);
            return faces.find(picture).stream().map(face -> alignment.of(picture, face)).toList();
        }
    }

    private static FaceFinder open(String name) {
        return name.equals("cascade") ? FaceFinder.cascade() : FaceFinder.yunet(Path.of(name));
    }
}
