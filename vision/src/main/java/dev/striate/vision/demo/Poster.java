package dev.striate.vision.demo;

import dev.striate.data.picture.Picture;
import dev.striate.data.set.DataSet;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.explain.Activations;
import dev.striate.vision.report.Canvas;
import dev.striate.vision.report.ColourMaps;
import dev.striate.vision.report.TextStyle;
import dev.striate.weights.TensorData;
import java.util.List;
import java.util.Locale;

/// The demo's picture: what the network says, its first filters, and one digit on its way through the layers.
final class Poster {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 920;
    private static final int MARGIN = 48;
    private static final int PAPER = 0xFAF9F5;
    private static final int INK = 0x23262B;
    private static final int GREY = 0x767B84;
    private static final int LINE = 0xD9D7CF;
    private static final int RIGHT = 0x1B8A4B;
    private static final int WRONG = 0xC8322B;
    private static final int BAR = 0x2F6FB3;
    private static final TextStyle NAME = TextStyle.plain(14, INK);
    private static final TextStyle SMALL = TextStyle.plain(13, GREY);

    private final Demo demo;
    private final int learned;
    private final DataSet test;
    private final Canvas canvas;

    Poster(Demo demo, int learned, DataSet test, Canvas canvas) {
        this.demo = demo;
        this.learned = learned;
        this.test = test;
        this.canvas = canvas;
    }

    static Picture draw(Demo demo, int learned, DataSet test, List<Demo.Guess> guesses, TensorData filters,
            List<Activations> layers) {
        var canvas = new Canvas(WIDTH, HEIGHT, PAPER);
        var poster = new Poster(demo, learned, test, canvas);
        poster.title();
        poster.guesses(guesses);
        poster.filters(filters);
        poster.layers(layers);
        return canvas.picture();
    }

    private void title() {
        var name = TextStyle.strong(42, INK);
        canvas.text("Striate", MARGIN, 76, name);
        canvas.text("LeNet-5 has learned to read digits", MARGIN + Canvas.width("Striate", name) + 24, 76,
                TextStyle.plain(28, INK));
        canvas.text(String.format(Locale.ROOT,
                "%.1f %% of %,d digits that it has never seen are right; it learned from %,d that are drawn alike",
                100 * demo.accuracy(), demo.pictures(), learned), MARGIN, 112, TextStyle.plain(18, GREY));
    }

    private void heading(String text, int x, int y, int width) {
        canvas.text(text, x, y, TextStyle.strong(17, INK));
        canvas.line(x, y + 13, x + width, y + 13, 1, LINE);
    }

    private void guesses(List<Demo.Guess> guesses) {
        heading("What it says", MARGIN, 164, 852);
        for (var i = 0; i < guesses.size(); i++) {
            var guess = guesses.get(i);
            var x = MARGIN + i % 8 * 108;
            var y = 194 + i / 8 * 128;
            var colour = guess.right() ? RIGHT : WRONG;
            canvas.paste(test.picture(guess.index()), x, y, 96, 96);
            canvas.frame(x, y, 96, 96, guess.right() ? 1 : 3, guess.right() ? LINE : WRONG);
            canvas.text(guess.first().label(), x + 2, y + 115, TextStyle.strong(18, colour));
            var percent = String.format(Locale.ROOT, "%.0f%%", 100 * guess.first().probability());
            canvas.text(guess.right() ? percent : percent + " is " + guess.truth(), x + 22, y + 115,
                    TextStyle.plain(14, colour));
        }
    }

    private void filters(TensorData filters) {
        var x = 960;
        heading("Its first filters", x, 164, 272);
        var values = filters.floats();
        var side = filters.shape().getLast();
        for (var i = 0; i < filters.shape().getFirst(); i++) {
            var picture = ColourMaps.balance(values, i * side * side, side, side);
            canvas.paste(picture, x + i % 2 * 142, 194 + i / 2 * 128, 112, 112);
            canvas.frame(x + i % 2 * 142, 194 + i / 2 * 128, 112, 112, 1, LINE);
        }
        canvas.text("red adds, blue subtracts", x, 194 + 3 * 128 + 8, SMALL);
    }

    /// The input, the maps of the layers between, the answer.
    private void layers(List<Activations> layers) {
        heading("What it sees in one of them, layer by layer", MARGIN, 626, WIDTH - 2 * MARGIN);
        var x = MARGIN;
        for (var i = 0; i + 1 < layers.size(); i++) {
            var maps = layers.get(i);
            var across = maps.shape().channels() == 1 ? 1 : maps.shape().channels() == 6 ? 2 : 4;
            var side = across == 1 ? 120 : across == 2 ? 62 : 46;
            var width = maps(maps, x, 660, across, side);
            var shape = maps.shape();
            var name = i == 0 ? "picture" : i % 2 == 1 ? "convolution" : "pooling";
            canvas.text(name, x, 876, NAME);
            canvas.text(shape.channels() + " × " + shape.height() + " × " + shape.width(), x, 894, SMALL);
            x += width + 42;
            arrow(x - 32);
        }
        answer(layers.getLast(), x);
    }

    private int maps(Activations maps, int x, int y, int across, int side) {
        var most = maps.largest();
        var down = maps.shape().channels() / across;
        var top = y + (196 - down * (side + 3)) / 2;
        for (var c = 0; c < maps.shape().channels(); c++) {
            var map = ColourMaps.heat(maps.values(), c * maps.shape().height() * maps.shape().width(),
                    maps.shape().width(), maps.shape().height(), most);
            canvas.paste(map, x + c % across * (side + 3), top + c / across * (side + 3), side, side);
        }
        return across * (side + 3) - 3;
    }

    private void arrow(int x) {
        canvas.line(x, 758, x + 20, 758, 2, GREY);
        canvas.line(x + 14, 752, x + 20, 758, 2, GREY);
        canvas.line(x + 14, 764, x + 20, 758, 2, GREY);
    }

    private void answer(Activations output, int x) {
        var probabilities = Classifier.softmax(output.values());
        for (var k = 0; k < probabilities.length; k++) {
            var y = 664 + k * 20;
            var likely = probabilities[k] > 0.5;
            canvas.text(test.classes().get(k), x, y + 12, TextStyle.plain(15, likely ? RIGHT : GREY));
            var length = (int) Math.round(probabilities[k] * (WIDTH - MARGIN - x - 22));
            canvas.fill(x + 22, y, Math.max(2, length), 13, likely ? RIGHT : BAR);
        }
        canvas.text("answer", x, 876, NAME);
        canvas.text("10 probabilities", x, 894, SMALL);
    }
}
