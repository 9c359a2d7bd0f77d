package dev.striate.vision.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.PictureFiles;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options;
import dev.striate.graph.Parameters;
import dev.striate.graph.ReceptiveField;
import dev.striate.graph.Size;
import dev.striate.recipe.Preprocessing;
import dev.striate.task.Task;
import dev.striate.torch.Device;
import dev.striate.torch.ReluGradient;
import dev.striate.weights.ModelFile;
import dev.striate.weights.TensorData;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A network that can be followed by hand: two maps of a grey picture, twice its values and minus them, their means, and
/// the classes "bright", which adds the first, and "dark", which adds three times the second.
@Tag("native")
class ExplanationTest {
    private static final Size SIDE = Size.square(4);
    /// Dark but for one pixel in the second row's third column.
    private static final Picture SPOT = spot();

    @TempDir
    private Path folder;

    @Test
    void theGradientOfAClassIsThatOfItsWayBack() {
        try (var explainer = open(byHand())) {
            var gradient = explainer.gradient(SPOT, 0, ReluGradient.TRUE);
            // 2 · 1/16 where the ReLU is open, which is where the picture is not black.
            assertThat(gradient.magnitudes()[6]).isCloseTo(2 / 16f, within(1e-6f));
            assertThat(gradient.magnitudes()[0]).isZero();
        }
    }

    /// The first map weighs 1/16 on average, the second nothing for "bright".
    @Test
    void gradCamWeighsMapsByTheirMeanGradients() {
        try (var explainer = open(byHand())) {
            assertThat(explainer.lastMap()).isEqualTo("open");
            var cam = explainer.gradCam(SPOT, explainer.label("bright"), "open");
            assertThat(cam.weights()).containsExactly(new float[] { 1 / 16f, 0 }, within(1e-6f));
            assertThat(cam.map()[6]).isCloseTo(2 / 16f, within(1e-3f));
            assertThat(cam.map()[5]).isCloseTo(0, within(1e-6f));
            assertThat(Explanation.gradCam(explainer, SPOT, 0, "open").peak()).hasValue(new Explanation.Peak(2, 1));
        }
    }

    /// A black square of two pixels costs "bright" its logit where it hides the spot.
    @Test
    void occlusionFindsWhatCounts() {
        try (var explainer = open(byHand())) {
            var logits = explainer.occlusion(SPOT, 0, new Occlusion(2, 2, OptionalDouble.of(0)));
            assertThat(logits.places()).isEqualTo(Size.square(2));
            assertThat(logits.whole()).isCloseTo(2 / 16f, within(1e-6f));
            assertThat(logits.losses()).containsExactly(new float[] { 0, 2 / 16f, 0, 0 }, within(1e-6f));
            assertThat(new Occlusion(3, 2, OptionalDouble.empty()).places(new Size(5, 8))).isEqualTo(new Size(2, 4));
        }
    }

    /// A square of the spot's mean over sixteen pixels, 1/16, leaves "bright" 2 · 4/16 of a pixel where it hides the spot, and adds that
    /// much where it does not.
    @Test
    void occlusionHidesUnderThePicturesOwnMean() {
        try (var explainer = open(byHand())) {
            var logits = explainer.occlusion(SPOT, 0, new Occlusion(2, 2, OptionalDouble.empty()));
            var more = 2 * 4 / 16f / 16;
            assertThat(logits.values()).containsExactly(new float[] { 2 / 16f + more, more, 2 / 16f + more,
                    2 / 16f + more }, within(1e-6f));
        }
    }

    @Test
    void excitingAClassMakesItsLogitGrow() {
        try (var explainer = open(byHand())) {
            var exciting = new Maximisation(20, 0.1, 0.001, 1, 0.5, 3).of(explainer, "classes", 0);
            assertThat(exciting.last()).isGreaterThan(exciting.first());
            assertThat(exciting.picture().at(1, 1, 0)).isGreaterThan(150);
        }
    }

    @Test
    void aUnitSeesWhatItsLayersReach() {
        try (var explainer = open(byHand())) {
            assertThat(Explanation.receptiveField(explainer, SPOT, "open", OptionalInt.of(0)).peak())
                    .hasValue(new Explanation.Peak(2, 1));
            assertThat(explainer.activations(SPOT, "open").strongestUnit()).isEqualTo(6);
            assertThat(explainer.activations(SPOT, "open").strongest()).containsExactly(0, 1);
        }
    }

    @Test
    void refusesWhatIsNotThereWithTheNearest() {
        try (var explainer = open(byHand())) {
            assertThatThrownBy(() -> explainer.label("brigth")).isInstanceOf(StriateException.class)
                    .hasMessage(
                            "A class of the model was expected; received 'brigth', and the nearest are bright, dark.");
            assertThatThrownBy(() -> explainer.activations(SPOT, "oben")).isInstanceOf(StriateException.class)
                    .hasMessageStartingWith(
                            "A layer of hand was expected; received 'oben', and the nearest are open, ");
            assertThatThrownBy(() -> explainer.gradCam(SPOT, 0, "classes")).isInstanceOf(StriateException.class)
                    .hasMessage("A layer whose maps have places was expected; 'classes' of hand gives 2×1×1.");
            assertThatThrownBy(() -> explainer.gradient(SPOT, "open", 32, ReluGradient.TRUE))
                    .isInstanceOf(StriateException.class)
                    .hasMessage("The layer 'open' has units 0 to 31; received 32.");
        }
    }

    @Test
    void refusesANetworkWithoutConvolutions() {
        var flat = Layer.input(1, 4, 4).flatten().at("classes").linear(2).network("flat");
        try (var explainer = open(new ModelFile(flat, preprocessing(flat), new Task.Classification(List.of("a", "b")),
                Optional.empty(), zeros(flat)))) {
            assertThatThrownBy(explainer::lastMap).isInstanceOf(StriateException.class)
                    .hasMessage(
                            "A network with convolutional layers was expected; the layers of flat have no places in the "
                                    + "picture.");
        }
    }

    /// Its two maps are twice the picture and nothing, so the cosine is that of the pictures: 1, and 1/√2 where one of two
    /// bright pixels is the spot's.
    @Test
    void theNearestPictureIsTheOneThatTheLayerSeesAlike() {
        var other = Picture.black(4, 4, 1);
        other.pixels()[0] = (byte) 255;
        var both = spot();
        both.pixels()[0] = (byte) 255;
        var pictures = given(other, both, SPOT);
        try (var explainer = open(byHand())) {
            var nearest = NearestPictures.of(explainer, SPOT, pictures, "open", 2);
            assertThat(nearest).extracting(NearestPictures.Near::index).containsExactly(2, 1);
            assertThat(nearest.getFirst().cosine()).isCloseTo(1, within(1e-6));
            assertThat(nearest.getLast().cosine()).isCloseTo(Math.sqrt(0.5), within(1e-6));
            assertThat(explainer.featureLayer()).isEqualTo("flatten1");
        }
    }

    @Test
    void saysWhereAUnitSeesMoreThanThePictureHas() {
        var network = Layer.input(1, 4, 4).at("wide").conv(1, 7, Options.pad(3)).globalAvgPool().flatten().linear(2)
                .network("wide");
        try (var explainer = open(new ModelFile(network, preprocessing(network),
                new Task.Classification(List.of("a", "b")), Optional.empty(), zeros(network)))) {
            assertThat(Explanation.receptiveField(explainer, SPOT, "wide", OptionalInt.empty()).figure().title())
                    .isEqualTo("Receptive field: 7 × 7 pixels, more than the picture has");
        }
    }

    @Test
    void grownMapsGoLinearlyFromCentreToCentre() {
        var halves = new ReceptiveField(ReceptiveField.PIXEL.vertical(), new ReceptiveField.Axis(2, 2, 0));
        var map = new HeatMap(new Size(1, 2), new float[] { 0, 4 }).enlarged(new Size(1, 4), halves);
        assertThat(map.values()).containsExactly(0, 1, 3, 4);
    }

    /// Of seven pixels three places of five see the third, fourth and fifth in their middle.
    @Test
    void mapsOfALayerWithoutPaddingLieAboutThePicturesMiddle() {
        var network = Layer.input(1, 1, 7).at("wide").conv(1, new Size(1, 5)).network("unpadded");
        var places = ReceptiveField.of(network).getLast();
        var map = new HeatMap(new Size(1, 3), new float[] { 1, 0, 2 });
        var picture = new Size(1, 7);
        assertThat(map.enlarged(picture, places).values()).containsExactly(1, 1, 1, 0, 2, 2, 2);
        assertThat(map.peak(picture, places)).isEqualTo(new Explanation.Peak(4, 0));
    }

    /// The last block of a ResNet, the ReLU before VGG's last pooling.
    @Test
    void gradCamLooksAtTheLastMaps() {
        assertThat(Layers.lastMap(Zoo.network("resnet18"))).isEqualTo("relu17");
        assertThat(Layers.lastMap(Zoo.network("vgg11"))).isEqualTo("features.19");
    }

    private DataSet given(Picture... pictures) {
        var files = new ArrayList<Path>();
        for (var picture : pictures) {
            files.add(folder.resolve(files.size() + ".png"));
            Pictures.write(picture, files.getLast());
        }
        return new PictureFiles(files);
    }

    private Explainer open(ModelFile file) {
        var place = folder.resolve("model.safetensors");
        file.write(place);
        return Explainer.open(place, Device.CPU);
    }

    private static ModelFile byHand() {
        var network = Layer.input(1, 4, 4).at("maps").conv(2, 1, Options.noBias()).at("open").relu().globalAvgPool()
                .flatten().at("classes").linear(2).network("hand");
        var tensors = new LinkedHashMap<String, TensorData>();
        tensors.put("maps.weight", TensorData.of(List.of(2, 1, 1, 1), new float[] { 2, -1 }));
        tensors.put("classes.weight", TensorData.of(List.of(2, 2), new float[] { 1, 0, 0, 3 }));
        tensors.put("classes.bias", TensorData.of(List.of(2), new float[2]));
        return new ModelFile(network, preprocessing(network), new Task.Classification(List.of("bright", "dark")),
                Optional.empty(), tensors);
    }

    private static LinkedHashMap<String, TensorData> zeros(Network network) {
        var tensors = new LinkedHashMap<String, TensorData>();
        for (var parameter : Parameters.of(network)) {
            tensors.put(parameter.name(), TensorData.of(parameter.shape(), new float[parameter.shape().stream()
                    .reduce(1, Math::multiplyExact)]));
        }
        return tensors;
    }

    private static Preprocessing preprocessing(Network network) {
        return Preprocessing.plain(network.input(), new Preprocessing.Stretch());
    }

    private static Picture spot() {
        var picture = Picture.black(SIDE.width(), SIDE.height(), 1);
        picture.pixels()[6] = (byte) 255;
        return picture;
    }
}
