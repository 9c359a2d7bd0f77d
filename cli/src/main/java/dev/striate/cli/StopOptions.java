package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.vision.train.Limits;
import dev.striate.vision.train.Limits.BadPictures;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// The options that say when a training ends early, and what it does about broken pictures.
final class StopOptions {
    @Option(names = "--patience", paramLabel = "N",
            description = "End after N epochs in a row without a better accuracy; the best model is kept.")
    private Optional<Integer> patience;

    @Option(names = "--time-budget", paramLabel = "TIME", converter = DurationConverter.class,
            description = "Stop at the end of the step when the time is used up (90s, 10m, 1h30m); --resume goes on.")
    private Optional<Duration> budget;

    @Option(names = "--bad-pictures", paramLabel = "WHAT",
            description = "A picture or a label that cannot be used: fail (the default) ends the training, skip leaves it "
                    + "out and lists it.")
    private Optional<BadPictures> badPictures;

    /// An earlier name.
    @Option(names = "--bad-images", hidden = true)
    private Optional<BadPictures> badImages;

    /// A time budget is that of one call; the rest is the run's until it is told otherwise.
    Limits of(Limits limits) {
        return limits.withPatience(patience.orElse(limits.patience()))
                .withSeconds(budget.map(time -> time.toMillis() / 1e3).orElse(0.0))
                .withBadPictures(badPictures.or(() -> badImages).orElse(limits.badPictures()));
    }

    static final class DurationConverter implements ITypeConverter<Duration> {
        private static final Pattern TIME = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

        @Override
        public Duration convert(String text) {
            var match = TIME.matcher(text);
            if (!match.matches()) throw unclear(text);
            var time = Duration.ofHours(number(match.group(1))).plusMinutes(number(match.group(2)))
                    .plusSeconds(number(match.group(3)));
            if (time.isZero()) throw unclear(text);
            return time;
        }

        private static StriateException unclear(String text) {
            return new StriateException("Expected a time above 0, as in 90s, 10m or 1h30m; received '" + text + "'.");
        }

        private static long number(String digits) {
            return digits == null ? 0 : Long.parseLong(digits);
        }
    }
}
