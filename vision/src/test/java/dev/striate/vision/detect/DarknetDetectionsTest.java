package dev.striate.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.box.Box;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.data.picture.Pictures;
import dev.striate.detect.Detection;
import dev.striate.exchange.Imports;
import dev.striate.fixtures.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real detector of Darknet's finds what Darknet itself finds: the same labels, to a hundredth and two pixels.
@Tag("native")
@Tag("shared")
class DarknetDetectionsTest {
    private static final Thresholds DARKNETS = new Thresholds(0.3, 0.45);

    /// An object as Darknet prints it.
    private record Printed(String label, int percent, int left, int top, int width, int height) {
        static Printed of(String line) {
            var cells = line.split(",");
            return new Printed(cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]),
                    Integer.parseInt(cells[3]), Integer.parseInt(cells[4]), Integer.parseInt(cells[5]));
        }

        boolean isNear(Detection found, List<String> labels) {
            Box box = found.box();
            return labels.get(found.label()).equals(label) && Math.abs(100 * found.score() - percent) <= 1.5
                    && Math.abs(box.left() - left) <= 2.5 && Math.abs(box.top() - top) <= 2.5
                    && Math.abs(box.width() - width) <= 2.5 && Math.abs(box.height() - height) <= 2.5;
        }
    }

    @Test
    void findsWhatDarknetFinds(@TempDir Path folder) throws IOException {
        for (var file : SharedFiles.references("darknet", ".csv")) {
            // NETWORK-PICTURE.csv
            var name = file.getFileName().toString().replaceFirst("\\.csv$", "");
            var network = name.substring(0, name.lastIndexOf('-'));
            var picture = Pictures
                    .read(SharedFiles.file("data/images/" + name.substring(network.length() + 1) + ".jpg"));
            try (var detector = Detector.open(given(network, folder))) {
                var found = detector.detect(picture, DARKNETS);
                var expected = Files.readAllLines(file).stream().skip(1).map(Printed::of).toList();
                assertThat(found).as("%s", file).hasSameSizeAs(expected);
                for (var each : expected) {
                    assertThat(found).as("%s of %s", each, file)
                            .anyMatch(one -> each.isNear(one, detector.labels()));
                }
            }
        }
    }

    private static Path given(String network, Path folder) {
        var cfg = SharedFiles.file("data/weights/" + network + ".cfg");
        var weights = SharedFiles.file("data/weights/" + network + ".weights");
        var model = folder.resolve(network + ".safetensors");
        Imports.read(weights, DarknetNetwork.read(cfg)).withLabels(SharedFiles.file("data/darknet/coco.names")).model()
                .write(model);
        return model;
    }
}
