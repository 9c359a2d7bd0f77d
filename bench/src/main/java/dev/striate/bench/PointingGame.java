package dev.striate.bench;

import dev.striate.data.set.DataSet;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.explain.Explainer;
import dev.striate.vision.explain.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often what an explanation points at lies in the object's box (Zhang et al. 2016, §4.1), by a classifier of drawn scenes
/// that was never shown a box: `PointingGame [NETWORK [SIDE [PICTURES [EPOCHS [FOLDER]]]]]`: `resnet20` on 8,000 pictures of 64
/// pixels, 5 epochs, unless told. 200 other scenes are pointed at.
public final class PointingGame {
    private PointingGame() {}

    public static void main(String[] args) throws IOException {
        var classifier = new ShapeClassifier(args.length > 0 ? args[0] : "resnet20", RegionCnn.number(args, 1, 64),
                RegionCnn.number(args, 2, 8000), RegionCnn.number(args, 3, 5));
        var folder = args.length > 4 ? Path.of(args[4]) : Files.createTempDirectory("pointing");
        System.out.printf("accuracy of %s: %.3f%n", classifier.network(), classifier.train(folder));
        var pictures = classifier.scenes().test();
        try (var explainer = Explainer.open(folder, Device.CPU)) {
            play(explainer, pictures).forEach((method, hits) -> System.out.printf("%-10s %.3f%n", method,
                    hits / (double) pictures.size()));
        }
    }

    /// How many objects each method points at.
    static Map<String, Integer> play(Explainer explainer, DataSet pictures) {
        var hits = new LinkedHashMap<String, Integer>();
        for (var i = 0; i < pictures.size(); i++) {
            var picture = pictures.picture(i);
            var object = ((Target.Objects) pictures.target(i)).boxes().getFirst();
            var label = explainer.label(pictures.classes().get(object.label()));
            var box = explainer.preparation().placement(picture).of(object.box());
            var occlusion = Explanation.usualOcclusion(explainer);
            var explanations = new LinkedHashMap<String, Explanation>();
            explanations.put("occlusion", Explanation.occlusion(explainer, picture, label, occlusion));
            explanations.put("gradcam", Explanation.gradCam(explainer, picture, label, explainer.lastMap()));
            explanations.put("guided", Explanation.gradient(explainer, picture, label, ReluGradient.GUIDED));
            explanations.put("deconvnet", Explanation.gradient(explainer, picture, label, ReluGradient.DECONVNET));
            explanations.put("saliency", Explanation.gradient(explainer, picture, label, ReluGradient.TRUE));
            explanations.forEach((method, explanation) -> {
                var peak = explanation.peak().orElseThrow();
                var isIn = peak.x() + 0.5 >= box.left() && peak.x() + 0.5 <= box.right() && peak.y() + 0.5 >= box.top()
                        && peak.y() + 0.5 <= box.bottom();
                hits.merge(method, isIn ? 1 : 0, Integer::sum);
            });
        }
        return hits;
    }
}
