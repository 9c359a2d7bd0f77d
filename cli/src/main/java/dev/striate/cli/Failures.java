package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// How the command fails: one sentence on standard error, and exit code 1; 2 where the command line is not understood.
/// With `--json` standard output has the failure as a value, too.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        var verbose = command.getParseResult().hasMatchedOption(Output.VERBOSE);
        var err = command.getErr();
        var known = failure instanceof StriateException mendable ? mendable
                : StriateException
                        .machine("Unexpected " + failure + (verbose ? "." : "; --verbose shows the stack trace."));
        err.println(known.getMessage());
        if (command.getParseResult().hasMatchedOption(Output.JSON)) print(command, Failure.of(known));
        if (verbose) failure.printStackTrace(err);
        return FAILED;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        var sentence = sentence(unknownOption(command, args).orElse(failure));
        command.getErr().println(sentence);
        command.getErr().println("`" + command.getCommandSpec().qualifiedName() + " --help` says what it takes.");
        if (List.of(args).contains(Output.JSON)) print(command, new Failure(StriateException.Kind.INPUT, sentence));
        return NOT_UNDERSTOOD;
    }

    /// The JSON of a call that failed.
    record Failed(Failure failure) {}

    private static void print(CommandLine command, Failure failure) {
        command.getOut().println(Json.show(new Failed(failure)));
        command.getOut().flush();
    }

    /// A misspelt option comes first: picocli would take the value behind it for something else and complain of that.
    private static Optional<ParameterException> unknownOption(CommandLine command, String[] args) {
        return Stream.of(args)
                .takeWhile(arg -> !arg.equals("--"))
                .filter(arg -> arg.startsWith("--"))
                .map(arg -> arg.split("=", 2)[0])
                .filter(option -> command.getCommandSpec().findOption(option) == null)
                .findFirst()
                .map(option -> new UnmatchedArgumentException(command, List.of(option)));
    }

    private static String sentence(ParameterException failure) {
        if (failure.getCause() instanceof StriateException mendable) return place(failure) + mendable.getMessage();
        if (failure instanceof UnmatchedArgumentException unmatched) return unmatched(unmatched);
        return failure.getMessage() + ".";
    }

    private static String place(ParameterException failure) {
        return failure.getArgSpec() instanceof OptionSpec option ? option.longestName() + ": " : "";
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        var spec = failure.getCommandLine().getCommandSpec();
        var kind = failure.isUnknownOption() ? "option" : spec.subcommands().isEmpty() ? "further argument" : "command";
        var nearest = failure.getSuggestions();
        return "`" + spec.qualifiedName() + "` takes no " + kind + " '" + failure.getUnmatched().getFirst() + "'"
                + (nearest.isEmpty() ? "." : "; did you mean '" + nearest.getFirst() + "'?");
    }
}
