package dev.striate.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How a command speaks: text for people or, with `--json`, one value for programs; either on standard output.
final class Output {
    @Option(names = "--json", description = "Print one JSON value on standard output and nothing else.")
    private boolean json;

    @Option(names = "--verbose", description = "Show the stack trace of a failure.")
    private boolean verbose;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /// Prints a record (or a list of records) as JSON, or its text.
    void print(Object value, Supplier<String> text) {
        var out = command.commandLine().getOut();
        out.println(json ? json(value) : text.get().stripTrailing());
        out.flush();
    }

    /// Says something on standard error: what is going on, and not what was asked for.
    void say(String text) {
        err().println(text);
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    private static String json(Object value) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build()
                .writeValueAsString(value);
    }
}
