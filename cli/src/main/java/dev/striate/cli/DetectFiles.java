package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.labels.CocoIds;
import dev.striate.data.labels.CocoResults;
import dev.striate.data.labels.DetectionFiles;
import dev.striate.data.labels.FoundObjects;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.vision.detect.Detected;
import dev.striate.weights.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files that `detect` writes below its folder.
final class DetectFiles {
    private final Path out;
    private final DetectFormats formats;
    private final Drawings drawings;
    private final List<String> labels;
    private final List<FoundObjects> found = new ArrayList<>();
    private final Optional<CocoIds> ids;

    /// Refuses pictures that a ground truth lacks before any is looked at.
    DetectFiles(Path out, DetectFormats formats, List<DetectInput> inputs, List<String> labels) {
        this.out = out;
        this.formats = formats;
        this.labels = labels;
        var stills = inputs.stream().flatMap(input -> input instanceof DetectInput.Still still
                ? Stream.of(still)
                : Stream.empty()).toList();
        var names = new HashMap<Path, String>();
        stills.forEach(still -> names.put(still.file(), still.name()));
        drawings = new Drawings(out, stills.stream().map(DetectInput.Still::file).toList(), names::get);
        var files = stills.stream().map(DetectInput.Still::name).toList();
        ids = formats.ids(files, labels);
    }

    /// Writes what is asked for of a picture; gives where it was drawn.
    Path write(DetectInput.Still still, Picture picture, Detected detected) {
        var drawn = drawings.of(still.file(), ".png");
        Pictures.write(detected.on(picture), drawn);
        var objects = new FoundObjects(still.name(), picture.size(), detected.detections());
        if (formats.voc()) {
            AtomicFile.write(drawings.of(still.file(), ".xml"), DetectionFiles.voc(objects, labels));
        }
        if (formats.darknet()) {
            AtomicFile.write(drawings.of(still.file(), ".txt"), DetectionFiles.darknet(objects));
        }
        if (formats.coco()) found.add(objects);
        return drawn;
    }

    /// Writes each object as a picture of its own, in a folder of its class: `crops/dog/street-1.png`.
    List<String> crops(DetectInput.Still still, Picture picture, Detected detected) {
        var files = new ArrayList<String>();
        for (var each : detected.detections()) {
            var crop = detected.crop(picture, each);
            if (crop.isEmpty()) continue;
            var stem = still.name().replaceFirst("\\.[^./]*$", "");
            var file = out.resolve("crops").resolve(detected.label(each).replaceAll("[/\\\\:]", "_"))
                    .resolve(stem + "-" + (files.size() + 1) + ".png");
            Drawings.make(file.getParent());
            Pictures.write(crop.get(), file);
            files.add(file.toString());
        }
        return files;
    }

    /// The file for a video; refuses the video itself, and one that was written before.
    Path film(DetectInput.Film film) {
        var file = out.resolve(film.outName());
        if (!film.isCamera() && file.toAbsolutePath().normalize()
                .equals(Path.of(film.name()).toAbsolutePath().normalize())) {
            throw StriateException.file("Another folder than the video's own was expected for --out; received " + out
                    + ", where " + film.name() + " would be overwritten.");
        }
        return file;
    }

    /// Writes what is about all pictures.
    void finish() {
        if (formats.darknet() || formats.voc()) {
            AtomicFile.write(out.resolve("classes.txt"), String.join("\n", labels) + "\n");
        }
        ids.ifPresent(known -> {
            AtomicFile.write(out.resolve("coco-results.json"), CocoResults.results(found, known));
            AtomicFile.write(out.resolve("coco-images.json"), CocoResults.images(found, labels, known));
        });
    }
}
