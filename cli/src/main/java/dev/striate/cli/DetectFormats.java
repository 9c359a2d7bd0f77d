package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.labels.CocoIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say in which formats of other programs detections are written beside the pictures.
final class DetectFormats {
    @Option(names = "--coco",
            description = "Also write coco-results.json, COCO's array of image_id, category_id, bbox and "
                    + "score, and coco-images.json, which says what the numbers mean: COCO(images).loadRes(results) reads both. "
                    + "A picture's number is its name where all names are numbers; classes count from 1.")
    private boolean coco;

    @Option(names = "--coco-ids", paramLabel = "FILE",
            description = "With --coco: a ground truth (instances_*.json), whose numbers of pictures and classes are taken.")
    private Optional<Path> truth;

    @Option(names = "--voc",
            description = "Also write an XML file of PASCAL VOC's for each picture, with a confidence for each object.")
    private boolean voc;

    @Option(names = "--darknet", description = "Also write a text file for each picture, with a line for each object: "
            + "class x y width height confidence, as shares of the picture.")
    private boolean darknet;

    boolean coco() {
        return coco;
    }

    boolean voc() {
        return voc;
    }

    boolean darknet() {
        return darknet;
    }

    /// Refuses what cannot be written.
    void check(Optional<Path> out, List<DetectInput> inputs) {
        var asked = coco ? "--coco" : voc ? "--voc" : darknet ? "--darknet" : truth.isPresent() ? "--coco-ids" : "";
        if (asked.isEmpty()) return;
        if (truth.isPresent() && !coco) throw new StriateException("--coco-ids is for --coco, which is not asked for.");
        if (out.isEmpty()) throw new StriateException("A folder was expected for " + asked + ": add --out DIR.");
        for (var input : inputs) {
            if (input instanceof DetectInput.Film(var name)) {
                throw new StriateException("Pictures were expected for " + asked + "; " + name
                        + " is a video, whose objects --json prints frame by frame.");
            }
        }
    }

    /// COCO's numbers for these pictures and classes, where they are asked for.
    Optional<CocoIds> ids(List<String> files, List<String> labels) {
        if (!coco) return Optional.empty();
        return Optional.of(truth.map(file -> CocoIds.of(file, files, labels))
                .orElseGet(() -> CocoIds.numbered(files, labels.size())));
    }
}
