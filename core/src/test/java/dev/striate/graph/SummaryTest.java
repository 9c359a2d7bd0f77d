package dev.striate.graph;

import static dev.striate.graph.Options.ceil;
import static dev.striate.graph.Options.pad;
import static dev.striate.graph.Options.stride;
import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.fixtures.SeveralOutputs;
import dev.striate.zoo.Zoo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void namesTheOutputsWhereThereAreSeveral() {
        assertThat(Summary.folded(Zoo.network("googlenet")).toString()).contains(
                "outputs         output 1000 from fc, aux1 1000 from aux1.fc2 (training only), aux2 1000 from aux2.fc2");
        assertThat(Summary.folded(SeveralOutputs.threeScales()).toString()).contains(
                "outputs         output 18×4×4 from layer11, layer18 18×8×8 from layer18, layer25 18×16×16 from layer25\n");
        assertThat(Summary.of(Zoo.network("lenet5")).toString()).doesNotContain("outputs");
    }

    @Test
    void hasARowForEachNode() {
        var summary = Summary.of(Zoo.network("lenet5_paper"));

        assertThat(summary.rows()).hasSameSizeAs(Zoo.network("lenet5_paper").nodes());
        assertThat(summary.rows().get(1)).isEqualTo(new Summary.Row(List.of("c1"), List.of("convolution"),
                Optional.of(Window.of(5)), new Shape(6, 28, 28), 156, 6 * 28 * 28 * 25, Size.square(5),
                Optional.empty()));
    }

    @Test
    void foldsWhatOnlyALayerFeeds() {
        var summary = Summary.folded(Zoo.network("resnet20"));

        assertThat(summary.rows()).extracting(Summary.Row::nodes)
                .contains(List.of("conv1", "bn1", "relu1"), List.of("layer1.0.conv2", "layer1.0.bn2"));
        assertThat(summary.toString()).contains("layer1.0.conv1 + bn1 + relu2 ");
        assertThat(summary.rows().get(1).parameters()).isEqualTo(16 * 27 + 32);
    }

    @Test
    void hasTheTotalsOfItsRowsHoweverFolded() {
        var network = Zoo.network("resnet110");
        for (var summary : List.of(Summary.of(network), Summary.folded(network))) {
            assertThat(summary.totals().parameters()).isEqualTo(1_727_962)
                    .isEqualTo(summary.rows().stream().mapToLong(Summary.Row::parameters).sum());
            assertThat(summary.totals().macs())
                    .isEqualTo(summary.rows().stream().mapToLong(Summary.Row::macs).sum());
        }
    }

    @Test
    void saysWhichRowsAndColumnsAreNeverSeen() {
        var network = Layer.input(3, 7, 7).at("conv").conv(8, 3, stride(3)).network("x");

        assertThat(Summary.of(network).rows().getLast().note())
                .contains("1 row and 1 column at the edge of its 7×7 input are never seen");
        assertThat(Summary.of(network).toString())
                .contains("conv *")
                .contains("note: conv: 1 row and 1 column at the edge of its 7×7 input are never seen");
    }

    @Test
    void saysNothingWhereOnlyPaddingIsLeftOutOrTheSizeIsRoundedUp() {
        var network = Layer.input(3, 32, 32).conv(8, 3, stride(2), pad(1)).maxPool(3, stride(2), ceil()).network("x");

        assertThat(Summary.of(network).rows()).allMatch(row -> row.note().isEmpty());
    }

    @Test
    void namesBothCountsOfArithmetic() {
        assertThat(Summary.of(Samples.vgg16()).toString()).contains("15.470 GMAC").contains("30.941 GFLOP");
    }

    @Test
    void alignsItsColumns() {
        var lines = Summary.folded(Zoo.network("resnet20")).toString().lines().toList();
        var table = lines.subList(1, lines.lastIndexOf(lines.get(1)) + 1);

        assertThat(table).filteredOn(line -> line.startsWith("─")).hasSize(3);
        assertThat(table).allMatch(line -> line.length() == table.getFirst().length());
    }

    @Test
    void describesWindowsByWhatIsUnusual() {
        var window = new Window(Size.square(3), Size.square(2), new Size(0, 1), Size.square(4));

        assertThat(OperationNames.window(window)).isEqualTo("3×3 /2 pad 0×1 dil 4");
        assertThat(OperationNames.window(Window.of(new Size(1, 7)))).isEqualTo("1×7");
    }
}
