package dev.striate.data.labels;

import dev.striate.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes masks as PASCAL VOC has them, with the classes' names, the first of which is number 0.
final class MaskWriter {
    private MaskWriter() {}

    static void write(Path folder, List<String> classes, List<Written> pictures) throws IOException {
        var masks = Files.createDirectories(folder.resolve("SegmentationClass"));
        for (var picture : pictures) {
            if (picture.target() instanceof Target.Mask mask) {
                Files.write(masks.resolve(LabelWriter.stem(picture) + ".png"), MaskFiles.encode(mask));
            }
        }
        LabelWriter.lists(folder.resolve("ImageSets").resolve("Segmentation"), pictures);
        LabelWriter.text(folder.resolve("classes.txt"), classes);
    }
}
