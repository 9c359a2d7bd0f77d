package dev.striate.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `striate`, whose subcommands do the work.
@Command(name = "striate",
        description = "Convolutional vision for the JVM: build, train, measure and explain convolutional networks.",
        synopsisSubcommandLabel = "COMMAND", versionProvider = Version.class, subcommands = {
                DemoCommand.class, ModelsCommand.class, DescribeCommand.class, CheckCommand.class,
                ConvolveCommand.class,
                TrainCommand.class, EvaluateCommand.class, PredictCommand.class, SegmentCommand.class,
                LocaliseCommand.class, DetectCommand.class, VerifyCommand.class, FitEmbeddingCommand.class,
                EnrolCommand.class,
                IdentifyCommand.class, ForgetCommand.class,
                QuantiseCommand.class, CompressCommand.class,
                ImportCommand.class, ExportCommand.class, FeaturesCommand.class, SimilarCommand.class,
                ExplainCommand.class, StylizeCommand.class,
                DoctorCommand.class, AnchorsCommand.class, PreviewCommand.class, ConvertLabelsCommand.class,
                MakeScenesCommand.class,
                RateFinderCommand.class, DiffCommand.class,
                BenchCommand.class },
        exitCodeListHeading = "%nExit codes%n", exitCodeList = {
                "0:done",
                "1:failed: a sentence on standard error says why",
                "2:the command line is not understood" },
        footerHeading = "%nExamples%n", footer = {
                "  striate demo                       a network learns to read digits, in a minute",
                "  striate models                     the networks, their papers and sizes",
                "  striate describe resnet20          a network's table, layer by layer",
                "  striate describe resnet20 --json   the same for programs",
                "",
                "`striate COMMAND --help` says more about a command." })
public final class Main implements Callable<Integer> {
    @Option(names = { "-h",
            "--help" }, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = { "-V", "--version" }, versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        // Figures are drawn in memory: a DISPLAY that leads nowhere must not matter.
        System.setProperty("java.awt.headless", "true");
        var command = command();
        var code = command.execute(args);
        command.getOut().flush();
        command.getErr().flush();
        System.exit(code);
    }

    /// The whole tree of commands: what `main` executes, and what a test can parse with.
    public static CommandLine command() {
        var failures = new Failures();
        var command = new CommandLine(new Main())
                .setOut(new PrintWriter(System.out))
                .setErr(new PrintWriter(System.err, true))
                .setUsageHelpWidth(Terminal.helpWidth())
                .setUsageHelpLongOptionsMaxWidth(HelpLayout.LONG_OPTIONS)
                .setHelpFactory(HelpLayout::new)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
        CommandGroups.showIn(command);
        return command;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }
}
