package dev.striate.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.cli.Benchmark.Request;
import dev.striate.cli.Benchmark.Subject;
import dev.striate.cli.Contender;
import dev.striate.darknet.DarknetNetwork;
import dev.striate.detect.Detection;
import dev.striate.natives.Processor;
import dev.striate.plan.Numbers;
import dev.striate.plan.Plan;
import dev.striate.plan.PlanOptions;
import dev.striate.weights.ModelFile;
import dev.striate.yolo.YoloHeads;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
class SpeedTableTest {
    /// The second scale reads the first one's features, enlarged, beside finer ones.
    private static final String TWO_SCALES = """
            [net]
            width=64
            height=32
            channels=3
            [convolutional]
            batch_normalize=1
            filters=8
            size=3
            stride=2
            pad=1
            activation=leaky
            [convolutional]
            batch_normalize=1
            filters=16
            size=3
            stride=2
            pad=1
            activation=leaky
            [convolutional]
            filters=14
            size=1
            activation=linear
            [yolo]
            mask=2,3
            anchors=8,8, 12,16, 20,12, 30,30
            classes=2
            num=4
            [route]
            layers=-3
            [upsample]
            stride=2
            [route]
            layers=-1,0
            [convolutional]
            filters=14
            size=1
            activation=linear
            [yolo]
            mask=0,1
            anchors=8,8, 12,16, 20,12, 30,30
            classes=2
            num=4
            """;

    @TempDir
    Path folder;

    @Test
    @Tag("slow")
    void everyEngineOfTheJvmInfersTheSame() {
        var engines = Arrays.stream(Contender.values())
                .filter(contender -> !contender.isPython() && !contender.roundsValues())
                .toList();
        var report = run("googlenet_small", false, engines);
        assertThat(report.rows()).hasSameSizeAs(engines).allSatisfy(row -> {
            assertThat(row.absence()).as(row.contender().label()).isEmpty();
            assertThat(row.turns()).hasSize(1);
            assertThat(row.picturesPerSecond()).isPositive();
            assertThat(row.firstResultSeconds()).isBetween(0.0, 120.0);
            assertThat(row.turns().getFirst().outputs()).hasSize(8);
        });
        // DJL's libtorch convolves wrongly on Zen 5, as ours does unless it is limited.
        var right = report.rows().stream().filter(row -> !Processor.IS_ZEN_5 || row.contender() != Contender.DJL)
                .toList();
        assertThat(Report.disagreeing(right)).isEmpty();
        assertThat(report.peakGflops()).isPositive();
    }

    @Test
    @Tag("slow")
    void int8RoundsTheSameLayersInOnnxRuntime() {
        var report = run("googlenet_small", false,
                List.of(Contender.PLAN, Contender.INT8, Contender.ONNX_RUNTIME_INT8));
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.absence()).as(row.contender().label()).isEmpty());
        var outputs = report.rows().stream().map(row -> row.turns().getFirst().outputs()).toList();
        assertThat(norm(outputs.get(1), outputs.get(0))).as("what int8 loses").isBetween(1e-6, 0.1);
        assertThat(norm(outputs.get(2), outputs.get(0))).as("what it loses there").isBetween(1e-6, 0.1);
    }

    /// The norm of what lies between two vectors, relative to the second's.
    private static double norm(List<Double> values, List<Double> expected) {
        var difference = 0.0;
        var all = 0.0;
        for (var i = 0; i < expected.size(); i++) {
            difference += Math.pow(values.get(i) - expected.get(i), 2);
            all += Math.pow(expected.get(i), 2);
        }
        return Math.sqrt(difference / all);
    }

    @Test
    @Tag("slow")
    void bf16HasItsOwnOutputsWhereTheProcessorHasIt() {
        var report = run("lenet5", false, List.of(Contender.BF16));
        assertThat(report.rows()).singleElement().extracting(Row::isMeasured)
                .isEqualTo(Numbers.Real.BF16.here() == Numbers.Real.BF16);
    }

    @Test
    @Tag("slow")
    void everyEngineOfTheJvmThatCanTrainsAStep() {
        var report = run("googlenet_small", true, List.of(Contender.PLAN, Contender.TORCH, Contender.DJL));
        assertThat(report.rows()).extracting(Row::contender).containsExactly(Contender.TORCH, Contender.DJL);
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.absence()).isEmpty());
    }

    @Test
    @Tag("slow")
    void aDetectorOfDarknetsIsTheSameNetworkInEveryEngineThatBuildsIt() throws IOException {
        var file = Files.writeString(folder.resolve("two-scales.cfg"), TWO_SCALES);
        var subject = new Subject("two-scales.cfg", DarknetNetwork.read(file).network(), Optional.empty());
        var report = run(subject, false, List.of(Contender.PLAN, Contender.INT8, Contender.TORCH,
                Contender.ONNX_RUNTIME, Contender.OPENCV));
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.absence()).as(row.contender().label()).isEmpty());
        assertThat(Report.disagreeing(report.rows())).isEmpty();
    }

    @Test
    @Tag("slow")
    void aDetectorLearnsMadeUpObjects() {
        var report = run("yolov3_small", true, List.of(Contender.TORCH));
        assertThat(report.rows()).singleElement().satisfies(row -> assertThat(row.absence()).isEmpty());
    }

    @Test
    void oneRandomBoxInAHundredIsSureEnough() {
        var network = Zoo.network("yolov3_small");
        var file = Prepared.write(folder, new Subject("a", network, Optional.empty()), List.of(1), List.of());
        var model = ModelFile.read(file);
        try (var plan = Plan.compile(network, model.tensors(), 1, PlanOptions.DEFAULT)) {
            var outputs = plan.run(Pixels.noise(network.input(), 1), 1);
            var heads = YoloHeads.of(network);
            var boxes = heads.maps().values().stream().mapToInt(map -> 3 * map.size().area()).sum();
            var sure = heads.decode(outputs, 0, DetectorRunner.SCORE).stream().map(Detection::box).distinct().count();
            assertThat((double) sure / boxes).isBetween(0.002, 0.012);
        }
    }

    private Report run(String network, boolean training, List<Contender> engines) {
        return run(new Subject(network, Zoo.network(network), Optional.empty()), training, engines);
    }

    private Report run(Subject subject, boolean training, List<Contender> engines) {
        var said = new ArrayList<String>();
        var request = new Request(List.of(subject), List.of(2), engines, training, 1, 0.02, 1, Optional.of(folder),
                false, Optional.empty());
        var answer = new SpeedTable().run(request, said::add);
        assertThat(said).hasSizeGreaterThan(engines.size() / 2);
        assertThat(answer.text()).contains(subject.name());
        return (Report) answer.json();
    }
}
