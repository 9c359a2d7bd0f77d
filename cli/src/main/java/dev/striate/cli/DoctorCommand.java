package dev.striate.cli;

import dev.striate.data.set.BadLabels;
import dev.striate.data.set.DataSets;
import dev.striate.vision.doctor.DataSetReport;
import dev.striate.vision.doctor.Page;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "doctor",
        description = "Looks a data set over: broken pictures and labels, balance, duplicates, leaks.",
        exitCodeListHeading = "%nExit codes%n", exitCodeList = {
                "0:no errors found", "1:errors found" },
        footerHeading = "%nExamples%n", footer = {
                "  striate doctor flowers/ --html flowers.html" })
final class DoctorCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATA", description = "A data set's folder, .zip or name.")
    private String data;

    @Option(names = "--html", paramLabel = "F", description = "Also write one page with thumbnails.")
    private Optional<Path> html;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N pictures of each part.")
    private Optional<Integer> limit;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        var all = DataSets.open(data, BadLabels.SKIP);
        var splits = limit.map(all::limit).orElse(all);
        var report = DataSetReport.of(splits);
        html.ifPresent(file -> Page.write(report, splits, file));
        output.print(report, report::toString);
        return report.isSound() ? 0 : 1;
    }
}
