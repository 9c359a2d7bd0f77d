package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.data.set.PicturePaths;
import dev.striate.files.FileErrors;
import dev.striate.vision.classify.Answer;
import dev.striate.vision.classify.Classifier;
import dev.striate.vision.classify.Classifier.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "predict", description = "Says what is in pictures.", exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
                "0:every picture has its answer",
                "1:some could not be read; they are named at the end, and the others have their answers" },
        footerHeading = "%nExamples%n", footer = {
                "  striate predict runs/resnet20-cifar10-1 dog.jpg",
                "  striate predict flowers.safetensors garden/ 'meadow/*.jpg' --top 1 --json",
                "  find . -name '*.jpg' | striate predict flowers.safetensors -" })
final class PredictCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private ModelParameter model;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PICTURE",
            description = "JPEG, PNG, PGM, PPM, BMP or WebP files; folders of them; patterns such as '*.jpg'; "
                    + "- for a list on standard input.")
    private List<String> pictures = List.of();

    @Option(names = "--from-list", paramLabel = "FILE",
            description = "More pictures: a file with one to a line, or - for standard input.")
    private Optional<String> list;

    @Option(names = "--top", paramLabel = "N", defaultValue = "5",
            description = "How many answers to give; 5 by default.")
    private int top;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    /// The JSON for a picture: the likeliest label, and the first few; or why there is none.
    record Result(String picture, Optional<String> label, Optional<Double> probability, List<Prediction> top,
            Optional<Failure> failure) {
        static Result of(Answer answer) {
            var name = answer.picture().toString();
            return switch (answer) {
                case Answer.Predicted(_, var top) -> new Result(name, Optional.of(top.getFirst().label()),
                        Optional.of(top.getFirst().probability()), top, Optional.empty());
                case Answer.Unreadable(_, var why) -> new Result(name, Optional.empty(), Optional.empty(), List.of(),
                        Optional.of(Failure.of(why)));
            };
        }
    }

    @Override
    public Integer call() {
        var paths = paths();
        try (var classifier = Classifier.open(model.file(), engine.running(model.file()))) {
            var results = classifier.predict(paths, Math.max(1, top)).stream().map(Result::of).toList();
            output.print(results, () -> results.stream().map(PredictCommand::text).collect(Collectors.joining()));
            return complain(results);
        }
    }

    /// The pictures in the order in which they are named.
    private List<Path> paths() {
        if (pictures.isEmpty() && list.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "Pictures are expected, as files, folders, patterns or by --from-list; received none");
        }
        var paths = new ArrayList<Path>();
        for (var picture : pictures) {
            if (picture.equals(STANDARD_INPUT)) paths.addAll(listed(picture));
            else paths.addAll(PicturePaths.of(picture));
        }
        list.ifPresent(file -> paths.addAll(listed(file)));
        return paths;
    }

    private static List<Path> listed(String file) {
        try (var lines = file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                : Files.newBufferedReader(Path.of(file))) {
            return lines.lines().filter(line -> !line.isBlank()).flatMap(line -> PicturePaths.of(line).stream())
                    .toList();
        } catch (IOException e) {
            throw StriateException.file("A list of pictures was expected in " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(Path.of(file), e) + ".", e);
        }
    }

    private static String text(Result result) {
        if (result.failure().isPresent()) return "";
        return result.picture() + "\n" + result.top().stream()
                .map(guess -> String.format(Locale.ROOT, "  %5.1f %%  %s%n", 100 * guess.probability(), guess.label()))
                .collect(Collectors.joining()) + "\n";
    }

    /// Names the pictures without an answer; gives the exit code.
    private int complain(List<Result> results) {
        var failures = results.stream().flatMap(result -> result.failure().stream()).toList();
        if (failures.isEmpty()) return 0;
        if (results.size() > 1) {
            output.say(failures.size() + " of " + results.size() + " pictures could not be read:");
        }
        failures.forEach(failure -> output.say(failure.message()));
        return Failures.FAILED;
    }
}
