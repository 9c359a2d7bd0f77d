package dev.striate.bench;

import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.torch.Device;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.demo.Demo;
import dev.striate.vision.explain.Explainer;
import dev.striate.vision.explain.Explanation;
import dev.striate.vision.explain.Maximisation;
import dev.striate.vision.train.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Draws what each method of `explain` shows of a LeNet-5, a ResNet and a VGG, which it trains first, on drawn digits and on drawn
/// scenes of one shape: `Gallery [FOLDER]`, `docs/gallery` unless told. Some ten minutes.
public final class Gallery {
    private static final int SIDE = 64;
    private static final int PICTURES = 8000;
    private static final int EPOCHS = 5;

    private Gallery() {}

    public static void main(String[] args) throws IOException {
        var folder = Files.createDirectories(Path.of(args.length > 0 ? args[0] : "docs/gallery"));
        var runs = Files.createTempDirectory("gallery");
        var digits = Demo.run(runs, runs.resolve("demo.png"), Event.Listener.none());
        draw("lenet5", digits.model(), DataSets.open("digits").test(), folder);
        for (var network : List.of("resnet20", "vgg11_small")) {
            var classifier = new ShapeClassifier(network, SIDE, PICTURES, EPOCHS);
            var run = runs.resolve(network);
            System.out.printf("accuracy of %s: %.3f%n", network, classifier.train(run));
            draw(network, run, new Labelled(classifier.scenes().test()), folder);
        }
    }

    private static void draw(String name, Path model, DataSet pictures, Path folder) {
        try (var explainer = Explainer.open(model, Device.CPU)) {
            explanations(explainer, pictures).forEach((method, explanation) -> Pictures.write(
                    explanation.figure().draw(1), folder.resolve(name + "-" + method + ".png")));
        }
    }

    private static Map<String, Explanation> explanations(Explainer explainer, DataSet pictures) {
        var picture = pictures.picture(0);
        var label = explainer.answer(picture);
        var layer = explainer.lastMap();
        var drawn = new LinkedHashMap<String, Explanation>();
        drawn.put("gradcam", Explanation.gradCam(explainer, picture, label, layer));
        drawn.put("occlusion", Explanation.occlusion(explainer, picture, label, Explanation.usualOcclusion(explainer)));
        drawn.put("saliency", Explanation.gradient(explainer, picture, label, ReluGradient.TRUE));
        drawn.put("guided", Explanation.gradient(explainer, picture, label, ReluGradient.GUIDED));
        drawn.put("deconvnet",
                Explanation.gradient(explainer, picture, layer, OptionalInt.empty(), ReluGradient.DECONVNET));
        drawn.put("activations", Explanation.activations(explainer, picture, layer));
        drawn.put("filters", Explanation.filters(explainer, Optional.empty()));
        drawn.put("receptive-field", Explanation.receptiveField(explainer, picture, layer, OptionalInt.empty()));
        var channel = explainer.activations(picture, layer).strongest().getFirst();
        drawn.put("patches", Explanation.patches(explainer, pictures, layer, channel));
        drawn.put("excite", Explanation.excite(explainer, explainer.logitsLayer(), label,
                Maximisation.usual(explainer.network().input().height(), 0)));
        return drawn;
    }
}
