package dev.striate.cli;

import dev.striate.data.convert.Conversion;
import dev.striate.data.convert.PictureCopies;
import dev.striate.data.labels.Format;
import dev.striate.data.set.BadLabels;
import dev.striate.data.set.DataSets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "convert-labels", description = "Writes a data set's boxes or masks in another program's format.",
        footerHeading = "%nExamples%n", footer = {
                "  striate convert-labels bccd.zip bccd-coco --to coco",
                "  striate convert-labels voc/ darknet/ --to darknet --pictures link",
                "",
                "The parts are those that the data set opens with. Boxes become voc (whole pixels), coco or darknet",
                "(without marks for difficult objects), masks become masks." })
final class ConvertLabelsCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "DATA",
            description = "A data set's folder, .zip or name; `masks:FOLDER` and its like where it could be read in several ways.")
    private String data;

    @Parameters(index = "1", paramLabel = "OUT", description = "The folder to write; it must not exist.")
    private Path out;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "voc, coco, darknet or masks.")
    private Format format;

    @Option(names = "--pictures", paramLabel = "WHAT", defaultValue = "COPY",
            description = "copy (the default), link, or none: labels alone.")
    private PictureCopies pictures;

    @Option(names = "--bad-labels", paramLabel = "WHAT", defaultValue = "FAIL",
            description = "A label that cannot be used: fail (the default) writes nothing, skip leaves it out.")
    private BadLabels rule;

    @Mixin
    private Output output;

    @Override
    public void run() {
        var splits = DataSets.open(data, rule);
        if (!splits.problems().isEmpty()) {
            output.say(splits.problems().size() + " labels have something wrong; `striate doctor` lists them.");
        }
        var outcome = Conversion.write(splits, out, format, pictures);
        output.print(outcome, () -> text(outcome));
    }

    static String text(Conversion.Outcome outcome) {
        return outcome.folder() + ": " + outcome.pictures() + " pictures"
                + (outcome.format().equals(Format.MASKS.label()) ? " with masks"
                        : ", " + outcome.objects() + " boxes as " + outcome.format())
                + (outcome.unmarked() == 0 ? ""
                        : "; " + outcome.unmarked() + " difficult objects have lost their mark, which darknet has not");
    }
}
