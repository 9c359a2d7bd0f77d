package dev.striate.vision.rcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.SelectiveSearch;
import dev.striate.data.region.ProposedBoxes;
import dev.striate.data.region.Warp;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Splits;
import dev.striate.graph.Layer;
import dev.striate.graph.Network;
import dev.striate.graph.Options;
import dev.striate.graph.Size;
import dev.striate.measure.AveragePrecision.Rule;
import dev.striate.random.RandomStream;
import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.region.RegionSampling;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import dev.striate.torch.Device;
import dev.striate.vision.detect.Thresholds;
import dev.striate.vision.rcnn.Answering.Scores;
import dev.striate.vision.rcnn.RcnnTraining.Stage;
import dev.striate.vision.train.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Squares of two colours on grey: a square is a class and a place.
@Tag("native")
class RcnnTest {
    private static final SelectiveSearch SEARCH = new SelectiveSearch(0, 6, 100);
    private static final List<Answering> WAYS = List.of(Answering.USUAL, new Answering(Scores.SOFTMAX, false));

    @TempDir
    private Path folder;

    /// Where the class were right by chance, in one of two cases, precision would be a half at best.
    @Test
    void findsSquaresAndGoesOnWhereItWas() throws Exception {
        var splits = new Splits("squares", new Squares(1, 60), Optional.empty(), new Squares(2, 20), true);
        var run = RcnnRun.of(network(), splits, "squares", settings(), recipe());
        var stages = new RcnnTraining(run, splits, folder, Device.CPU, Event.Listener.none()).run();
        assertThat(stages).extracting(Stage::name)
                .containsExactly("proposals", "fine-tuning", "features", "machines", "regressions");

        var proposals = ProposedBoxes.of(splits.test(), SEARCH::of);
        try (var rcnn = Rcnn.open(folder)) {
            assertThat(rcnn.labels()).containsExactly("blue", "red");
            rcnn.compare(splits.test(), proposals, WAYS).forEach((way, precision) -> assertThat(
                    precision.mean(Rule.VOC_2010)).as("%s", way).isGreaterThan(0.7));
            var object = ((Target.Objects) splits.test().target(0)).boxes().getFirst();
            assertThat(rcnn.evaluate(splits.test()).figures().score()).isGreaterThan(0.7);
            assertThat(rcnn.detect(splits.test().picture(0), Thresholds.DEFAULT).getFirst()).satisfies(found -> {
                assertThat(found.label()).isEqualTo(object.label());
                assertThat(found.box().iou(object.box())).isGreaterThan(0.5);
            });
        }
        thenWhatIsLostIsMadeAgainAndNothingElse(run, splits);
        thenAnotherRunIsRefused(run, splits);
    }

    private void thenWhatIsLostIsMadeAgainAndNothingElse(RcnnRun run, Splits splits) throws Exception {
        var made = Files.readAllBytes(folder.resolve("machines.safetensors"));
        Files.delete(folder.resolve("machines.safetensors"));
        var model = Files.getLastModifiedTime(folder.resolve("model.safetensors"));
        var untouched = new Splits("squares", new Squares(1, 60) {
            @Override
            public Picture picture(int index) {
                throw new AssertionError("looked at again");
            }
        }, Optional.empty(), splits.test(), true);
        new RcnnTraining(run, untouched, folder, Device.CPU, Event.Listener.none()).run();
        assertThat(folder.resolve("machines.safetensors")).hasBinaryContent(made);
        var dearer = new RcnnRun(run.data(), run.labels(), run.network(), run.preprocessing(), "",
                settings().withMachines(SvmSettings.rcnn().withPositiveWeight(20)), run.recipe());
        new RcnnTraining(dearer, untouched, folder, Device.CPU, Event.Listener.none()).run();
        assertThat(Files.readAllBytes(folder.resolve("machines.safetensors"))).isNotEqualTo(made);
        assertThat(Files.getLastModifiedTime(folder.resolve("model.safetensors"))).isEqualTo(model);
    }

    private void thenAnotherRunIsRefused(RcnnRun run, Splits splits) {
        var other = new RcnnRun("others", run.labels(), run.network(), run.preprocessing(), "", run.settings(),
                run.recipe());
        assertThatThrownBy(() -> new RcnnTraining(other, splits, folder, Device.CPU, Event.Listener.none()).run())
                .isInstanceOf(StriateException.class)
                .hasMessageContaining("holds an R-CNN with other settings (data is squares there and others here)");
    }

    @Test
    void refusesALayerThatIsNotThere() {
        var splits = new Splits("squares", new Squares(1, 2), Optional.empty(), new Squares(2, 2), true);
        assertThatThrownBy(() -> RcnnRun.of(network(), splits, "", RcnnSettings.paper("fc7", "pool"), recipe()))
                .isInstanceOf(StriateException.class).hasMessage("of squares has no node 'fc7'.");
    }

    private static RcnnSettings settings() {
        return RcnnSettings.paper("features", "pool").withSearch(SEARCH).withWarp(Warp.rcnn(16))
                .withSampling(new RegionSampling(0.5, 0, 16, 0.25));
    }

    private static Recipe recipe() {
        var recipe = Recipes.inEpochs(Recipes.recipe("quick"), 8);
        return recipe.withPace(recipe.pace().withBatch(16));
    }

    private static Network network() {
        return Layer.input(3, 16, 16).conv(8, 3, Options.pad(1)).relu().maxPool(2)
                .conv(16, 3, Options.pad(1)).relu().at("pool").maxPool(2).flatten()
                .linear(32).at("features").relu().linear(2).network("of squares");
    }

    /// Pictures of 64×64 with a red or blue square on grey ground with a darker stripe.
    private static class Squares implements DataSet {
        private final RandomStream stream;
        private final int count;

        Squares(long seed, int count) {
            stream = RandomStream.of(seed);
            this.count = count;
        }

        @Override
        public List<String> classes() {
            return List.of("blue", "red");
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public String name(int index) {
            return "squares#" + index;
        }

        @Override
        public Size pictureSize(int index) {
            return Size.square(64);
        }

        @Override
        public Target target(int index) {
            var draws = stream.at(index).draws();
            var side = draws.nextInt(14, 30);
            var left = draws.nextInt(64 - side);
            var top = draws.nextInt(64 - side);
            return new Target.Objects(List.of(
                    new LabelledBox(new Box(left, top, left + side, top + side), index % 2)));
        }

        @Override
        public Picture picture(int index) {
            var picture = Picture.black(64, 64, 3);
            var object = ((Target.Objects) target(index)).boxes().getFirst();
            for (var y = 0; y < 64; y++) {
                for (var x = 0; x < 64; x++) {
                    var inside = x >= object.box().left() && x < object.box().right() && y >= object.box().top()
                            && y < object.box().bottom();
                    for (var c = 0; c < 3; c++) {
                        var ground = x % 32 < 8 ? 60 : 130;
                        picture.pixels()[(y * 64 + x) * 3 + c] = (byte) (!inside ? ground
                                : c == 2 * (1 - object.label()) ? 220 : 20);
                    }
                }
            }
            return picture;
        }
    }
}
