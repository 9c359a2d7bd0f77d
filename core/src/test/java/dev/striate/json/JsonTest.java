package dev.striate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.fixtures.SeveralOutputs;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    private static final Window WINDOW = new Window(new Size(3, 5), new Size(2, 1), new Size(1, 0), Size.ONE);

    static List<Op> operations() {
        return List.of(new Op.Input(new Shape(3, 8, 9)), new Op.Conv(8, WINDOW, 2, false),
                new Op.TransposedConv(4, WINDOW, Size.ZERO, 1, true, Op.Filters.BILINEAR), new Op.Crop(5, 9),
                new Op.TableConv(List.of(List.of(0, 2), List.of(1)), WINDOW),
                new Op.LocalConv(3, WINDOW), new Op.Linear(10, true), new Op.BatchNorm(1e-5, 0.1),
                new Op.BatchNorm(1e-12, 0.01, Op.BatchVariance.DARKNET),
                new Op.LocalResponseNorm(5, 1e-4, 0.75, 2), new Op.L2Norm(1e-12), new Op.ChannelAffine(),
                new Op.RadialBasis(List.of(List.of(1, -1))), new Op.Relu(), new Op.LeakyRelu(0.1), new Op.Sigmoid(),
                new Op.Tanh(), new Op.Softmax(), new Op.Scale(1.7159), new Op.Dropout(0.5), new Op.DropPath(0.2),
                new Op.MaxPool(WINDOW, true), new Op.AvgPool(WINDOW, false, true), new Op.LpPool(2, WINDOW, false),
                new Op.AdaptiveAvgPool(Size.ONE),
                new Op.RegionPooling(Op.RegionPooling.Method.ALIGN, Size.square(7), 16, List.of(128.0),
                        List.of(0.5, 1.0)),
                new Op.PairDifference(), new Op.Flatten(), new Op.Concat(), new Op.Add(), new Op.Slice(1, 3),
                new Op.Upsample(2, Op.Interpolation.NEAREST), new Op.SpaceToDepth(2, Op.BlockOrder.DARKNET),
                new Op.Pad(0, 0, 1, 1, Double.NEGATIVE_INFINITY), new Op.PadChannels(8, 8),
                new Op.Detection("region", Map.of("classes", "20", "anchors", "1.08,1.19")),
                new Op.TreeLogits("-1*2,0*3", 0.4));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void readsBackWhatItWrote(Op op) {
        assertThat(Json.read(Json.write(op, Op.class), Op.class, "a test")).isEqualTo(op);
    }

    @Test
    void theListAboveHasEveryOperation() {
        assertThat(operations()).extracting(Object::getClass).containsAll(cases(Op.class));
    }

    @Test
    void readsBackEveryNetworkOfTheZoo() {
        for (var entry : Zoo.entries()) {
            var network = entry.network();
            assertThat(Json.read(Json.write(network, Network.class), Network.class, "a test")).isEqualTo(network);
        }
    }

    /// All outputs but the first were auxiliary, but for a detector's.
    @Test
    void readsNetworksThatDoNotSayWhichOutputsAreAuxiliary() {
        var x = Layer.input(3, 8, 8).conv(6, 3);
        var helped = x.relu().network("helped", Map.of(), Map.of("aux", x.globalAvgPool()));
        var detector = SeveralOutputs.threeScales();
        for (var network : List.of(helped, detector, Zoo.network("googlenet"), Zoo.network("lenet5"))) {
            var old = formerly(Json.write(network, Network.class));
            assertThat(Json.read(old, Network.class, "a test")).isEqualTo(network);
            var nested = formerly(Json.write(new Kept("k", Optional.of(network)), Kept.class));
            assertThat(Json.read(nested, Kept.class, "a test").network()).contains(network);
        }
    }

    @Test
    void refusesWhatIsWrongWithATextOfEitherForm() {
        var text = Json.write(Zoo.network("lenet5"), Network.class);
        for (var form : List.of(text, formerly(text))) {
            thenRefused(form.replace("\"name\":\"c1\",", ""), Network.class, "In a test, at nodes\\[1].*name.*");
            thenRefused(form.replace("\"outputs\"", "\"ends\""), Network.class, "In a test, at (ends|outputs), .*");
        }
        thenRefused(text.replace("\"auxiliary\":[]", "\"auxiliary\":[\"aux\"]"), Network.class,
                ".*the value is refused: lenet5: an auxiliary output is expected among \\[output]; received 'aux'\\.");
        thenRefused("[]", Network.class, "In a test, .*");
    }

    record Kept(String name, Optional<Network> network) {}

    private static String formerly(String text) {
        return text.replaceAll(",\"auxiliary\":\\[[^]]*]", "");
    }

    /// Every batch was divided by n.
    @Test
    void readsNormalisationsThatDoNotSayHowABatchVaries() {
        assertThat(Json.read("{\"BatchNorm\":{\"epsilon\":1e-5,\"momentum\":0.1}}", Op.class, "a test"))
                .isEqualTo(new Op.BatchNorm(1e-5, 0.1, Op.BatchVariance.BIASED));
    }

    @Test
    void writesAnOperationUnderItsSimpleName() {
        assertThat(Json.write(new Op.Dropout(0.1), Op.class)).isEqualTo("{\"Dropout\":{\"rate\":0.1}}");
        assertThat(Json.write(new Op.Relu(), Op.class)).isEqualTo("{\"Relu\":{}}");
    }

    @Test
    void keepsEveryBitOfANumber() {
        for (var factor : List.of(0.1 + 0.2, Double.MIN_VALUE, 2.0 / 3, Double.MAX_VALUE, -0.0)) {
            var op = new Op.Scale(factor);
            assertThat(Json.read(Json.write(op, Op.class), Op.class, "a test")).isEqualTo(op);
        }
    }

    @Test
    void readsBackAPreprocessing() {
        var crop = new Preprocessing(new Shape(3, 224, 224), new Preprocessing.CenterCrop(256),
                List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
        assertThat(Json.read(Json.write(crop, Preprocessing.class), Preprocessing.class, "a test")).isEqualTo(crop);
        var border = Preprocessing.plain(new Shape(1, 32, 32), new Preprocessing.Border(Size.square(28)));
        assertThat(Json.read(Json.write(border, Preprocessing.class), Preprocessing.class, "a test"))
                .isEqualTo(border);
    }

    @Test
    void readsBackEveryRecipe() {
        for (var recipe : Recipes.all()) {
            assertThat(Json.read(Json.write(recipe, Recipe.class), Recipe.class, "a test")).isEqualTo(recipe);
        }
    }

    @Test
    void writesAnAbsentValueAsNull() {
        for (var note : List.of(new Note(Optional.empty()), new Note(Optional.of("kept")))) {
            assertThat(Json.read(Json.write(note, Note.class), Note.class, "a test")).isEqualTo(note);
        }
        assertThat(Json.write(new Note(Optional.empty()), Note.class)).isEqualTo("{\"text\":null}");
    }

    @Test
    void refusesAnUnknownOperationByName() {
        thenRefused("{\"Convolute\":{}}", "In a test, at .*, 'Convolute' is no known Op\\.");
    }

    @Test
    void refusesAClassName() {
        thenRefused("{\"java.lang.ProcessBuilder\":{}}", ".*'java.lang.ProcessBuilder' is no known Op\\.");
    }

    @Test
    void refusesAnUnknownFieldByName() {
        thenRefused("{\"Dropout\":{\"rate\":0.5,\"seed\":1}}",
                "In a test, at seed, 'seed' is no known field; expected are \\[rate]\\.");
    }

    @Test
    void refusesAMissingField() {
        thenRefused("{\"LeakyRelu\":{}}", ".*slope.*");
    }

    @Test
    void refusesAFieldGivenTwice() {
        thenRefused("{\"Dropout\":{\"rate\":0.5,\"rate\":0.6}}", ".*Duplicate.*rate.*");
    }

    @Test
    void refusesAFractionForAWholeNumber() {
        thenRefused("{\"Slice\":{\"from\":0.5,\"to\":3}}", ".*at from.*");
    }

    @Test
    void saysWhyARecordRefusedItsValues() {
        thenRefused("{\"Dropout\":{\"rate\":1.5}}",
                ".*the value is refused: The rate of a dropout lies in \\[0, 1\\); received 1.5\\.");
    }

    @Test
    void refusesWhatIsNoJson() {
        thenRefused("weights", "In a test, at line 1 column .*");
    }

    record Note(Optional<String> text) {}

    private static void thenRefused(String text, String message) {
        thenRefused(text, Op.class, message);
    }

    private static void thenRefused(String text, Class<?> type, String message) {
        assertThatThrownBy(() -> Json.read(text, type, "a test")).isInstanceOf(StriateException.class)
                .hasMessageMatching(message);
    }

    private static List<Class<?>> cases(Class<?> family) {
        var cases = new ArrayList<Class<?>>();
        Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? cases(type).stream() : Stream.of(type))
                .forEach(cases::add);
        return cases;
    }
}
