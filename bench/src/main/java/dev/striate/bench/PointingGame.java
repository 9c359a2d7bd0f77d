package dev.striate.bench;

import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.target.Target;
import dev.striate.torch.Device;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.explain.Explainer;
import dev.striate.vision.explain.Explanation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often what an explanation points at lies in the object's box (Zhang et al. 2016, §4.1): `PointingGame MODEL
/// [PICTURES]`, on 200 drawn scenes of one object unless told. The model is a classifier of the scenes' classes.
public final class PointingGame {
    private PointingGame() {}

    public static void main(String[] args) {
        var pictures = DataSets.open("scenes-one").test().limit(args.length > 1 ? Integer.parseInt(args[1]) : 200);
        try (var explainer = Explainer.open(Path.of(args[0]), Device.CPU)) {
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
            var occlusion = Explanation.usualOcclusion(explainer.network().input().size(), 0.5f);
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
