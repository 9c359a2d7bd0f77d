package dev.striate.cli;

import dev.striate.json.Json;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How a command speaks: text for people or, with `--json`, one value for programs; either on standard output.
final class Output {
    static final String JSON = "--json";
    static final String VERBOSE = "--verbose";

    @Option(names = JSON, description = "Print one JSON value on standard output and nothing else.")
    private boolean json;

    @Option(names = VERBOSE, description = "Say what runs a model, and show the stack trace of a failure.")
    private boolean verbose;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /// Prints a record (or a list of records) as JSON, or its text.
    void print(Object value, Supplier<String> text) {
        var out = command.commandLine().getOut();
        var shown = json ? Json.show(value) : text.get().stripTrailing();
        if (!shown.isEmpty()) out.println(shown);
        out.flush();
    }

    /// Whether a program is to read what is printed.
    boolean isJson() {
        return json;
    }

    /// Says something on standard error: what is going on, and not what was asked for.
    void say(String text) {
        err().println(text);
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }
}
