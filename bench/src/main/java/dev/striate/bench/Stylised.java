package dev.striate.bench;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.torch.Device;
import dev.striate.vision.explain.ExplanationFigure;
import dev.striate.vision.explain.ExplanationFigure.Panel;
import dev.striate.vision.style.StyleSettings;
import dev.striate.vision.style.StyleTransfer;
import dev.striate.weights.ModelFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A picture painted in the style of another at two sizes, and how alike the two are: both are looked at at the smaller one.
record Stylised(ModelFile file, Picture content, Picture style, Picture small, Picture large) {
    private static final int SMALL = 256;
    private static final int LARGE = 768;
    /// What style weighs: where batch normalisation holds values about one, its costs are that much smaller than VGG-19's.
    private static final double STYLE = 1e8;
    private static final int STEPS = 40;
    private static final List<String> LAYERS = List.of("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1");

    static Stylised of(ModelFile file, Picture content, Picture style) {
        return new Stylised(file, content, style, painted(file, content, style, SMALL),
                painted(file, content, style, LARGE));
    }

    private static Picture painted(ModelFile file, Picture content, Picture style, int size) {
        var begun = System.nanoTime();
        var settings = new StyleSettings(Map.of(), Map.of(), 1, STYLE, 0, StyleSettings.Start.CONTENT,
                StyleSettings.Descent.LBFGS, 0.05, STEPS, false, false, StyleSettings.growing(size), 0);
        var transfer = new StyleTransfer(file, settings, Device.CPU);
        var painted = transfer.paint(content, List.of(new StyleTransfer.Source(style, 1)), progress -> {
            if (progress.step() % 20 == 0)
                System.out.printf("%d pixels, step %d: content %.4g, style %.4g%n", progress.size(), progress.step(),
                        progress.content(), progress.style());
        });
        System.out.printf("painted at %d pixels in %.1f minutes%n", size, (System.nanoTime() - begun) / 60e9);
        return painted;
    }

    /// A line for each layer: how far the large picture's Gram matrix is from the small one's, and each of them, and the content,
    /// from the style's, all at the smaller size.
    void print() {
        var ofSmall = grams(small);
        var ofLarge = grams(large);
        var ofStyle = grams(style);
        var ofContent = grams(content);
        System.out.println("| layer | 768 from 256 | 256 from style | 768 from style | content from style |");
        System.out.println("|---|---|---|---|---|");
        for (var layer : LAYERS) {
            System.out.printf("| %s | %.3f | %.3f | %.3f | %.3f |%n", layer, ofLarge.distance(layer, ofSmall),
                    ofSmall.distance(layer, ofStyle), ofLarge.distance(layer, ofStyle),
                    ofContent.distance(layer, ofStyle));
        }
    }

    private Grams grams(Picture picture) {
        return Grams.of(file, LAYERS, atSmall(picture));
    }

    private static Picture atSmall(Picture picture) {
        var share = (double) SMALL / Math.max(picture.width(), picture.height());
        return Pictures.resize(Pictures.rgb(picture), (int) Math.round(picture.width() * share),
                (int) Math.round(picture.height() * share));
    }

    /// All four in one picture.
    Picture draw() {
        var panels = List.of(new Panel(content, "content"), new Panel(style, "style"),
                new Panel(small, words(small)), new Panel(large, words(large)));
        return new ExplanationFigure("One style at two sizes",
                "Neural style by a small VGG trained on CIFAR-10, each picture as large on the page", panels, 2, 260,
                Optional.empty()).draw();
    }

    private static String words(Picture picture) {
        return "painted at " + picture.width() + " × " + picture.height() + " pixels";
    }
}
