package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.vision.detect.Detector;
import dev.striate.vision.detect.ObjectFinder;
import dev.striate.vision.detect.Thresholds;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "detect", description = "Finds the objects in pictures, videos and what a camera sees.",
        exitCodeListHeading = "%nExit codes%n", exitCodeList = {
                "0:everything has its answer",
                "1:some could not be read, or not to their end; they are named at the end, and the others have their answers" },
        footerHeading = "%nExamples%n", footer = {
                "  striate detect runs/yolov3_tiny-street-1 street.jpg",
                "  striate detect street.safetensors photos/ --out found/ --classes car,bus",
                "  striate detect street.safetensors photos/ --out found/ --voc",
                "  striate detect street.safetensors drive.mp4 --out found/ --threshold 0.5",
                "  striate detect street.safetensors camera:0 --out found/    until Ctrl-C",
                "",
                "A video becomes an MP4 (H.264) where it was one, or an AVI (Motion JPEG), of its",
                "own size and frame rate, without sound. Ctrl-C finishes it and keeps what there is." })
final class DetectCommand implements Callable<Integer> {
    @Mixin
    private ModelParameter model;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files; folders of them; patterns such as '*.jpg'; videos, as "
                    + "MP4, MOV, AVI, MKV or WebM; camera:0.")
    private List<String> inputs;

    @Option(names = "--out", paramLabel = "DIR",
            description = "A folder to draw the pictures and videos with their objects into; a folder's folders stay.")
    private Optional<Path> out;

    @Option(names = "--threshold", paramLabel = "P", defaultValue = "0.25",
            description = "The least score of an object; 0.25 by default.")
    private double threshold;

    @Option(names = "--nms", paramLabel = "IOU", defaultValue = "0.45",
            description = "Of two boxes of a class that overlap more, only the surer one stays; 0.45 by default.")
    private double overlap;

    @Option(names = "--pyramid", paramLabel = "SCALES", split = ",",
            description = "Show a detector with regions each picture at several scales of its usual size, as in 0.75,1,1.5.")
    private List<Double> scales = List.of();

    @Option(names = "--classes", paramLabel = "NAMES", split = ",",
            description = "Only objects of these classes, as in dog,cat.")
    private List<String> classes = List.of();

    @Option(names = "--crops",
            description = "Also write each object of a picture as a picture of its own: crops/CLASS/NAME-1.png.")
    private boolean crops;

    @Mixin
    private DetectFormats formats;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    private final Opening opening;

    /// Opens a model.
    @FunctionalInterface
    interface Opening {
        ObjectFinder open(Path model, EngineOptions engine);
    }

    DetectCommand() {
        this((model, engine) -> Detector.open(model, engine.running(model)));
    }

    DetectCommand(Opening opening) {
        this.opening = opening;
    }

    @Override
    public Integer call() {
        var thresholds = new Thresholds(threshold, overlap);
        var all = DetectInput.all(inputs);
        formats.check(out, all);
        if (crops && out.isEmpty()) throw new StriateException("A folder was expected for --crops: add --out DIR.");
        try (var finder = opening.open(model.file(), engine)) {
            var files = out.map(folder -> new DetectFiles(folder, formats, all, finder.labels()));
            var task = new DetectTask(scales.isEmpty() ? finder : finder.atScales(scales), thresholds,
                    wanted(finder.labels()), files, crops, output);
            try (var _ = new Interruption(task::stop)) {
                var answers = task.run(all);
                files.ifPresent(DetectFiles::finish);
                output.print(answers, () -> answers.stream().map(DetectTexts::of).collect(Collectors.joining()));
                return complain(answers);
            }
        }
    }

    /// The numbers of the classes that are asked for; all where none is.
    private Optional<Set<Integer>> wanted(List<String> labels) {
        for (var name : classes) {
            if (!labels.contains(name)) {
                throw new StriateException("A class of the model was expected for --classes; received '" + name
                        + "', and it knows " + DetectTexts.list(labels) + ".");
            }
        }
        return classes.isEmpty() ? Optional.empty()
                : Optional.of(classes.stream().map(labels::indexOf).collect(Collectors.toSet()));
    }

    /// Names what could not be read; gives the exit code.
    private int complain(List<DetectAnswer> answers) {
        var failures = answers.stream().flatMap(answer -> answer.failure().stream()).toList();
        if (failures.isEmpty()) return 0;
        if (answers.size() > 1) output.say(failures.size() + " of " + answers.size() + " could not be read:");
        failures.forEach(failure -> output.say(failure.message()));
        return Failures.FAILED;
    }
}
