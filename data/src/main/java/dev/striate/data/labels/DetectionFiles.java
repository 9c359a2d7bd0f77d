package dev.striate.data.labels;

import java.util.List;
import java.util.Locale;

/// Detections as texts that other programs read: one of VOC's or Darknet's files for a picture. [CocoResults] writes
/// COCO's.
public final class DetectionFiles {
    private DetectionFiles() {}

    /// PASCAL VOC's XML, whose objects have one more element: their `confidence`.
    public static String voc(FoundObjects picture, List<String> classes) {
        var objects = picture.detections().stream()
                .map(each -> VocWriter.object(classes.get(each.label()), false, picture.box(each), picture.size(),
                        String.format(Locale.ROOT, "    <confidence>%.6f</confidence>\n", each.score())))
                .toList();
        return String.join("\n", VocWriter.annotation(picture.file(), picture.size(), objects)) + "\n";
    }

    /// A line for each object, as Darknet's labels have it, and the confidence: class, centre and size as shares of the
    /// picture, score.
    public static String darknet(FoundObjects picture) {
        double width = picture.size().width();
        double height = picture.size().height();
        var text = new StringBuilder();
        for (var each : picture.detections()) {
            var box = picture.box(each);
            text.append(String.format(Locale.ROOT, "%d %.6f %.6f %.6f %.6f %.6f\n", each.label(),
                    box.centerX() / width, box.centerY() / height, box.width() / width, box.height() / height,
                    each.score()));
        }
        return text.toString();
    }
}
