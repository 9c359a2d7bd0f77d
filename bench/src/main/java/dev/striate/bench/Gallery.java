package dev.striate.bench;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.DataSets;
import dev.striate.data.set.Splits;
import dev.striate.graph.Shape;
import dev.striate.recipe.Recipes;
import dev.striate.torch.Device;
import dev.striate.torch.ReluGradient;
import dev.striate.vision.demo.Demo;
import dev.striate.vision.explain.Explainer;
import dev.striate.vision.explain.Explanation;
import dev.striate.vision.explain.Maximisation;
import dev.striate.vision.tasks.Tasks;
import dev.striate.vision.train.Event;
import dev.striate.weights.ModelFile;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Draws the pictures of `docs/gallery`: what each method of `explain` shows of a LeNet-5 and a ResNet-20 that have learnt
/// drawn digits and of a small VGG that has learnt drawn scenes of one shape; and a photograph in the style of a painting, at two sizes.
///
/// `Gallery [FOLDER [RUNS [CIFAR10.zip CONTENT.jpg STYLE.jpg]]]`: pictures go into FOLDER, `docs/gallery` unless told. Networks are
/// trained into RUNS unless they are there. Without the last three nothing is stylised.
public final class Gallery {
    private static final int DIGIT_EPOCHS = 3;
    private static final int PHOTOGRAPH_EPOCHS = 3;

    private Gallery() {}

    public static void main(String[] args) throws IOException {
        var folder = Files.createDirectories(Path.of(args.length > 0 ? args[0] : "docs/gallery"));
        var runs = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("gallery");
        var digits = DataSets.open("digits");
        draw("lenet5", lenet(runs), digits.test(), folder);
        draw("resnet20", ShapeClassifier.trained(runs.resolve("resnet20"), run -> resnet(digits, run)), digits.test(),
                folder);
        var shapes = ShapeClassifier.usual("vgg");
        draw("vgg", ShapeClassifier.trained(runs.resolve("vgg"), shapes::train), new Labelled(shapes.scenes().test()),
                folder);
        if (args.length < 5) {
            System.out.println("Nothing is stylised: that takes CIFAR10.zip, CONTENT.jpg and STYLE.jpg.");
            return;
        }
        var photographs = new PhotographClassifier(Path.of(args[2]), PHOTOGRAPH_EPOCHS);
        var model = ShapeClassifier.trained(runs.resolve("photographs"), photographs::train);
        var stylised = Stylised.of(ModelFile.read(model), Pictures.read(Path.of(args[3])),
                Pictures.read(Path.of(args[4])));
        stylised.print();
        Pictures.write(stylised.draw(), folder.resolve("style.jpg"));
    }

    private static double resnet(Splits digits, Path run) {
        var network = Zoo.entry("resnet20").network(new Shape(1, 28, 28), digits.train().classes().size());
        var recipe = Recipes.inEpochs(Recipes.recipe("quick"), DIGIT_EPOCHS);
        return Tasks.training(Tasks.run(network, digits, "digits", recipe), digits, run, Device.CPU,
                Event.Listener.none()).run().best().validation().get("accuracy");
    }

    private static Path lenet(Path runs) {
        var model = runs.resolve("lenet5-digits-1/model.safetensors");
        return Files.exists(model) ? model : Demo.run(runs, runs.resolve("demo.png"), Event.Listener.none()).model();
    }

    private static void draw(String name, Path model, DataSet pictures, Path folder) {
        try (var explainer = Explainer.open(model, Device.CPU)) {
            explanations(explainer, pictures).forEach((method, explanation) -> Pictures.write(
                    explanation.figure().draw(1), folder.resolve(name + "-" + method + ".png")));
        }
    }

    private static Map<String, Explanation> explanations(Explainer explainer, DataSet pictures) {
        var picture = known(explainer, pictures);
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

    /// The first picture that the network gives its class.
    private static Picture known(Explainer explainer, DataSet pictures) {
        return IntStream.range(0, pictures.size())
                .filter(i -> pictures.classes().get(pictures.label(i)).equals(
                        explainer.name(explainer.answer(pictures.picture(i)))))
                .mapToObj(pictures::picture).findFirst().orElseThrow();
    }
}
