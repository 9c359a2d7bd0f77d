package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.zoo.Zoo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "bench", description = "Times networks on this machine, ours beside other programs.",
        footerHeading = "%n", footer = {
                "Every engine runs the same network with the same weights on the same pictures, in a process of its own, with as"
                        + " many threads as there are cores. The engines take turns, so that a machine that heats up slows all of"
                        + " them; figures are medians. A matrix product comes first: its speed is what the processor can do, and"
                        + " each network's arithmetic is shown as a share of it.",
                "",
                "A model's file or a run brings its weights; those of other networks are random. A detector's run goes on until its"
                        + " boxes are found: scores above 0.25, and non-maximum suppression at 0.45, by the same code for every"
                        + " engine; about one random box in a hundred is sure enough. In training it learns made-up objects by"
                        + " its own loss, and in PyTorch the squares of its outputs, which cost less. DJL does not build"
                        + " detectors here, and PyTorch only trains them.",
                "",
                "Ours: striate (compiled for the CPU), striate-bf16, striate-int8, striate-torch (on libtorch), striate-torch-bf16"
                        + " (training alone).",
                "Peers: onnxruntime, onnxruntime-int8 (the same layers in int8 as ours, with the same ranges), opencv, djl (all"
                        + " fetched by the build); pytorch, pytorch-compiled, pytorch-bf16, pytorch-compiled-bf16 (the Python that the environment variable STRIATE_PYTHON names, otherwise"
                        + " python3, where PyTorch is installed). In training PyTorch's bf16 is its autocast.",
                "",
                "Examples",
                "  striate bench --quick                                     ResNet-18 and 50, a few minutes",
                "  striate bench --out table.md                              everything, an hour or two; also table.json",
                "  striate bench --networks vgg16 --batches 8 --out table.md adds to that table, or replaces its rows",
                "  striate bench --training --networks resnet18              training steps instead of inference",
                "  striate bench --networks yolov3,my.cfg --batches 1        detectors, one of Darknet's among them",
                "",
                "Close other programs first: whatever else runs is measured too." })
final class BenchCommand implements Runnable {
    private static final List<String> NETWORKS = List.of("alexnet", "vgg16", "googlenet", "inception_v3", "resnet18",
            "resnet50", "densenet121", "darknet53");

    private static final List<String> QUICK = List.of("resnet18", "resnet50");

    @Option(names = "--networks", split = ",", paramLabel = "NET", converter = Source.Converter.class,
            description = "Networks by name, Darknet networks (.cfg), models' files (.safetensors) or runs' folders; otherwise alexnet, vgg16, googlenet, inception_v3, resnet18, resnet50, densenet121, darknet53.")
    private @Nullable List<Source> networks;

    @Option(names = "--batches", split = ",", paramLabel = "N",
            description = "Pictures at once; otherwise 1,8, and 16 for training.")
    private @Nullable List<Integer> batches;

    @Option(names = "--engines", split = ",", paramLabel = "ENGINE", converter = ContenderConverter.class,
            description = "Some of the engines named below; otherwise all.")
    private @Nullable List<Contender> engines;

    @Option(names = "--rounds", paramLabel = "N", description = "How many turns each engine has; otherwise 3.")
    private Optional<Integer> rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each turn is timed at least; otherwise 2.")
    private Optional<Double> seconds;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads of every engine; otherwise one for each core.")
    private Optional<Integer> threads;

    @Option(names = "--training", description = "Time training steps: forward, loss, backward, SGD with momentum.")
    private boolean training;

    @Option(names = "--quick", description = "resnet18 and resnet50 at batch 8, one turn of a second.")
    private boolean quick;

    @Option(names = "--files", paramLabel = "FOLDER",
            description = "Where to keep weights and ONNX files for another time; otherwise they are deleted at the end.")
    private Optional<Path> files;

    @Option(names = "--prepare", description = "Only write the files of --files, and measure nothing.")
    private boolean prepare;

    @Option(names = "--out", paramLabel = "FILE",
            description = "Also write the table as Markdown, and as JSON beside it; what that JSON holds already is kept.")
    private Optional<Path> out;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var request = request();
        var benchmark = ServiceLoader.load(Benchmark.class).findFirst().orElseThrow(() -> new StriateException(
                "The module bench, which measures, is not on the class path; `./striate bench` builds and adds it."));
        var answer = benchmark.run(request, output::say);
        output.print(answer.json(), answer::text);
    }

    private Benchmark.Request request() {
        if (prepare && files.isEmpty()) throw refuse("--prepare expects --files, where to write");
        var usual = training ? List.of(16) : quick ? List.of(8) : List.of(1, 8);
        return new Benchmark.Request(subjects(),
                positive("--batches", given(batches, usual)),
                given(engines, Contender.all()),
                training, positive("--rounds", rounds.orElse(quick ? 1 : 3)), seconds(),
                positive("--threads", threads.orElse(Runtime.getRuntime().availableProcessors())),
                files, prepare, out);
    }

    private List<Benchmark.Subject> subjects() {
        var usual = (quick ? QUICK : NETWORKS).stream().<Source>map(name -> new Source.FromZoo(Zoo.entry(name)))
                .toList();
        return given(networks, usual).stream().map(Source::subject).toList();
    }

    private static <T> List<T> given(@Nullable List<T> values, List<T> usual) {
        return values == null ? usual : values;
    }

    private double seconds() {
        var value = seconds.orElse(quick ? 1.0 : 2.0);
        if (!(value > 0)) throw refuse("--seconds expects more than 0; received " + value);
        return value;
    }

    private List<Integer> positive(String option, List<Integer> values) {
        return values.stream().map(value -> positive(option, value)).toList();
    }

    private int positive(String option, int value) {
        if (value < 1) throw refuse(option + " expects at least 1; received " + value);
        return value;
    }

    private ParameterException refuse(String complaint) {
        return new ParameterException(spec.commandLine(), complaint);
    }

    static final class ContenderConverter implements ITypeConverter<Contender> {
        @Override
        public Contender convert(String text) {
            return Contender.named(text);
        }
    }
}
