package dev.striate.darknet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.striate.StriateException;
import dev.striate.graph.Costs;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Op;
import dev.striate.graph.Shape;
import dev.striate.graph.Shapes;
import dev.striate.graph.Size;
import dev.striate.graph.Window;
import dev.striate.recipe.Preprocessing;
import dev.striate.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DarknetNetworkTest {
    private static final String NET = "[net]\nheight=8\nwidth=8\nchannels=4\n";

    /// Floats in the weight file and billions of operations at a side, as far as they are printed, from the survey of
    /// toolkits.
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
            "darknet19 20856776 256 7.291", "darknet19 20856776 224 5.582", "darknet19 20856776 448 22.33",
            "darknet53 41645640 256 18.57", "extraction 23455400 224 8.519", "darknet 7323480 256 0.965",
            "tiny 1046488 224 0.983", "alexnet 62378344 227 2.271", "vgg-16 138357544 224 30.94",
            "resnet50 22825896 256 9.741", "resnet152 57559976 256 29.39", "densenet201 17206440 256 10.85",
            "yolov1 197328243 448 40.42", "yolov1-tiny 27099950 448 3.216", "yolov2-voc 50676061 416 29.36",
            "yolov2-voc 50676061 544 50.21", "yolov2 50983561 416 29.46", "yolov2 50983561 608 62.94",
            "yolov2-tiny-voc 15867885 416 6.971", "yolov2-tiny 11237145 416 5.406", "yolo9000 48807501 544 49.06",
            "yolov3 62001757 320 38.97", "yolov3 62001757 416 65.86", "yolov3 62001757 608 140.69",
            "yolov3-voc 61678657 416 65.43", "yolov3-tiny 8858734 416 5.565", "yolov3-spp 63052381 608 141.45" })
    @Tag("shared")
    void costsWhatDarknetSays(String name, long floats, int side, String billions) {
        var network = Published.network(name).network().withInput(new Shape(3, side, side));
        assertThat(DarknetWeights.floats(network)).isEqualTo(floats);
        var digits = billions.length() - billions.indexOf('.') - 1;
        assertThat(Costs.of(network).gflop()).isCloseTo(Double.parseDouble(billions),
                within(0.5 * Math.pow(10, -digits)));
    }

    @Test
    @Tag("shared")
    void readsEveryNetworkAndWritesItAgain() {
        for (var file : Published.cfgs()) {
            var darknet = DarknetNetwork.read(file);
            var again = DarknetNetwork.parse(darknet.network().name(), darknet.text(), "a text");
            assertThat(again.network()).isEqualTo(darknet.network());
            assertThat(again.layers()).isEqualTo(darknet.layers());
            assertThat(again.preprocessing()).isEqualTo(darknet.preprocessing());
            assertThat(again.net()).isEqualTo(darknet.net());
        }
    }

    @Test
    @Tag("shared")
    void yolo9000AnswersForEveryWordOfItsTree() {
        var network = Published.network("yolo9000").network();
        assertThat(Shapes.of(network).get(network.output())).isEqualTo(new Shape(28269, 17, 17));
        assertThat(((Op.Detection) network.nodes().get(network.output()).op()).settings())
                .containsEntry("tree", "data/9k.tree").containsEntry("thresh", ".6");
    }

    @Test
    @Tag("shared")
    void aDetectorOfThreeScalesHasThreeOutputs() {
        var network = Published.network("yolov3").network();
        assertThat(network.outputs()).containsOnlyKeys("output", "layer94", "layer106");
        assertThat(network.atInference()).isEqualTo(network);
        var shapes = Shapes.of(network);
        assertThat(network.outputs().values()).map(shapes::get)
                .containsExactly(new Shape(255, 19, 19), new Shape(255, 38, 38), new Shape(255, 76, 76));
    }

    @Test
    @Tag("shared")
    void aCropAheadOfEverythingIsPreprocessing() {
        var vgg = Published.network("vgg-16");
        assertThat(vgg.network().input()).isEqualTo(new Shape(3, 224, 224));
        assertThat(vgg.preprocessing()).isEqualTo(new Preprocessing(new Shape(3, 224, 224),
                new Preprocessing.CenterCrop(256), List.of(.5, .5, .5), List.of(.5, .5, .5)));
        assertThat(vgg.unused()).contains("line 20: [crop] flip=1");
    }

    @Test
    void namesNodesByLayer() {
        var network = parse("[convolutional]\nbatch_normalize=1\nfilters=2\nactivation=leaky\n[avgpool]\n");
        assertThat(network.nodes()).extracting(node -> node.name())
                .containsExactly("input", "layer0", "layer0.bn", "layer0.activation", "layer1");
    }

    @Test
    void saysWhichNodeAnswersForALayer() {
        var darknet = DarknetNetwork.parse("a", NET + """
                [conv]
                batch_normalize=1
                activation=linear
                [conv]
                activation=relu
                [route]
                layers=0
                [shortcut]
                from=-2
                """, "a.cfg");
        assertThat(darknet.layers()).containsExactly("layer0.bn", "layer1.activation", "layer0.bn", "layer3");
    }

    @Test
    void refusesALayerThatLeadsNowhere() {
        assertThatThrownBy(() -> parse("[conv]\nfilters=4\n[conv]\nfilters=9\n[route]\nlayers=0\n"))
                .isInstanceOf(StriateException.class).hasMessage("a: layer 1 leads to no output.");
    }

    /// Darknet's output side is (n + padding − size)/stride + 1 with a padding of size − 1 unless told.
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "2 2 8 4", "2 2 7 4", "2 1 8 8", "3 2 8 4", "3 2 7 4", "3 1 8 8", "5 1 8 8",
            "3 3 8 3", "4 2 8 4", "4 3 8 3" })
    void poolsToDarknetsSize(int size, int stride, int side, int expected) {
        var network = parse("[maxpool]\nsize=" + size + "\nstride=" + stride).withInput(new Shape(4, side, side));
        assertThat(Shapes.of(network).getLast()).isEqualTo(new Shape(4, expected, expected));
    }

    @Test
    void padsWithMinusInfinityWhereNoPoolingDoesTheSame() {
        assertThat(parse("[maxpool]\nsize=2\nstride=1").nodes().get(1).op())
                .isEqualTo(new Op.Pad(0, 0, 1, 1, Double.NEGATIVE_INFINITY));
    }

    @Test
    void aShortcutTakesTheChannelsAndPixelsThatBothHave() {
        var network = parse("[conv]\nfilters=6\n[conv]\nfilters=3\nstride=2\n[shortcut]\nfrom=-2\nactivation=tanh\n");
        assertThat(Shapes.of(network).getLast()).isEqualTo(new Shape(3, 4, 4));
        assertThat(network.nodes()).extracting(node -> node.op()).contains(new Op.Slice(0, 3),
                new Op.AvgPool(Window.of(1).withStride(Size.square(2)), false, true), new Op.Tanh());
        assertThat(Shapes.of(parse("[conv]\nfilters=9\n[shortcut]\nfrom=0\n[conv]\nfilters=12\n[shortcut]\nfrom=0\n"))
                .getLast()).isEqualTo(new Shape(12, 8, 8));
    }

    @Test
    void aRouteCanTakeAGroupOfChannels() {
        var network = parse("[conv]\nfilters=6\n[route]\nlayers=-1\ngroups=2\ngroup_id=1\n");
        assertThat(network.nodes().getLast().op()).isEqualTo(new Op.Slice(3, 6));
        assertThat(DarknetNetwork.parse(network.name(), DarknetNetwork.text(network), "a text").network())
                .isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(strings = { "lenet5", "resnet18", "darknet19" })
    void writesNetworksOfTheZoo(String name) {
        var network = Zoo.network(name);
        var again = DarknetNetwork.parse(name, DarknetNetwork.text(network), "a text").network();
        assertThat(Costs.of(again).macs()).isEqualTo(Costs.of(network).macs());
        assertThat(DarknetWeights.floats(again)).isEqualTo(DarknetWeights.floats(network));
    }

    @Test
    void refusesToWriteWhatDarknetDoesNotHave() {
        var network = Layer.input(3, 8, 8).at("conv").conv(4, 3).at("norm").localResponseNorm().network("lrn");
        assertThatThrownBy(() -> DarknetNetwork.text(network)).isInstanceOf(StriateException.class)
                .hasMessageStartingWith("Darknet has no layer for the node 'norm' of lrn, LocalResponseNorm[");
    }

    @ParameterizedTest
    @ValueSource(strings = { "rnn", "lstm", "gru", "crnn", "batchnorm", "deconvolutional", "iseg", "convolutionl" })
    void refusesALayerThatDoesNotRunByNameAndLine(String layer) {
        thenRefused("[conv]\nfilters=2\n[" + layer + "]\n",
                "a.cfg, line 7: [" + layer + "] is a layer that does not run "
                        + "here.");
    }

    @Test
    void refusesWhatItDoesNotUnderstandByLine() {
        thenRefused("[conv]\nfilters=2\nfliters=3\n", "a.cfg, line 7: [conv] has no setting 'fliters'.");
        thenRefused("[conv]\nfilters=two\n",
                "a.cfg, line 6: [conv] expects a whole number for filters; received 'two'.");
        thenRefused("[conv]\nsize=0\n", "a.cfg, line 6: [conv] expects at least 1 for size; received '0'.");
        thenRefused("[conv]\nactivation=mish\n",
                "a.cfg, line 6: [conv] expects one of [linear, leaky, relu, logistic, tanh] for activation; "
                        + "received 'mish'.");
        thenRefused("[conv]\nxnor=1\n", "a.cfg, line 6: [conv] expects none but 0 for xnor; received '1'.");
        thenRefused("[route]\n", "a.cfg, line 5: [route] needs the setting layers.");
        thenRefused("[route]\nlayers=3\n", "a.cfg, line 5: [route] does not fit: Layer 0 expects to read an earlier "
                + "layer; received 3.");
        thenRefused("nonsense", "a.cfg, line 5: expected [a section] or a setting key=value in one; received "
                + "'nonsense'.");
    }

    @Test
    void refusesTextThatIsNoNetwork() {
        assertThatThrownBy(() -> DarknetNetwork.parse("a", "[conv]\n", "a.cfg"))
                .hasMessage("a.cfg is no Darknet network: it does not start with [net].");
        assertThatThrownBy(() -> DarknetNetwork.parse("a", "", "a.cfg")).isInstanceOf(StriateException.class);
        thenRefused("", "a.cfg, line 1: [net] is followed by no layer.");
    }

    @Test
    void listsSettingsThatOnlyTrainingReads() {
        var text = NET + "momentum=0.9\n[conv]\nfilters=2\nstopbackward=1\nfilters=3\n";
        var darknet = DarknetNetwork.parse("a", text, "a.cfg");
        assertThat(darknet.net()).containsEntry("momentum", "0.9");
        assertThat(darknet.unused()).containsExactly("line 9: [conv] filters=3", "line 8: [conv] stopbackward=1");
        assertThat(darknet.network().nodes().get(1).op()).isEqualTo(new Op.Conv(2, Window.of(1), 1, true));
    }

    private static Network parse(String layers) {
        return DarknetNetwork.parse("a", NET + layers, "a.cfg").network();
    }

    private static void thenRefused(String layers, String message) {
        assertThatThrownBy(() -> parse(layers)).isInstanceOf(StriateException.class).hasMessage(message);
    }
}
