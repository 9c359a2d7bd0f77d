package dev.striate.bench;

import dev.striate.data.picture.Picture;
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
/// that was never shown a box: `PointingGame [NETWORK [PICTURES [EPOCHS [FOLDER]]]]`: a small VGG on 12,000 pictures in 10 epochs
/// unless told; a FOLDER that holds a model already is not trained anew. 200 other scenes are pointed at.
public final class PointingGame {
    private PointingGame() {}

    public static void main(String[] args) throws IOException {
        var classifier = new ShapeClassifier(args.length > 0 ? args[0] : "vgg", RegionCnn.number(args, 1, 12_000),
                RegionCnn.number(args, 2, 10));
        var folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("pointing");
        try (var explainer = Explainer.open(ShapeClassifier.trained(folder, classifier::train), Device.CPU)) {
            play(explainer, classifier.scenes().test());
        }
    }

    private static void play(Explainer explainer, DataSet pictures) {
        var right = 0;
        var hits = new LinkedHashMap<String, Integer>();
        for (var i = 0; i < pictures.size(); i++) {
            var picture = pictures.picture(i);
            var object = ((Target.Objects) pictures.target(i)).boxes().getFirst();
            var label = explainer.label(pictures.classes().get(object.label()));
            if (explainer.answer(picture) == label) right++;
            var box = explainer.preparation().placement(picture).of(object.box());
            explanations(explainer, picture, label).forEach((method, explanation) -> {
                var peak = explanation.peak().orElseThrow();
                var isIn = peak.x() + 0.5 >= box.left() && peak.x() + 0.5 <= box.right() && peak.y() + 0.5 >= box.top()
                        && peak.y() + 0.5 <= box.bottom();
                hits.merge(method, isIn ? 1 : 0, Integer::sum);
            });
        }
        System.out.printf("%-10s %.3f%n", "accuracy", right / (double) pictures.size());
        hits.forEach((method, count) -> System.out.printf("%-10s %.3f%n", method, count / (double) pictures.size()));
    }

    private static Map<String, Explanation> explanations(Explainer explainer, Picture picture, int label) {
        var explanations = new LinkedHashMap<String, Explanation>();
        explanations.put("occlusion",
                Explanation.occlusion(explainer, picture, label, Explanation.usualOcclusion(explainer)));
        explanations.put("gradcam", Explanation.gradCam(explainer, picture, label, explainer.lastMap()));
        explanations.put("guided", Explanation.gradient(explainer, picture, label, ReluGradient.GUIDED));
        explanations.put("deconvnet", Explanation.gradient(explainer, picture, label, ReluGradient.DECONVNET));
        explanations.put("saliency", Explanation.gradient(explainer, picture, label, ReluGradient.TRUE));
        return explanations;
    }
}
