package dev.striate.cli;

import dev.striate.text.Wrapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The commands in the order and under the headings in which `striate --help` lists them.
final class CommandGroups {
    private static final int INDENT = 2;
    private static final Map<String, List<String>> GROUPS = groups();

    private CommandGroups() {}

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("Start here", List.of("demo"));
        groups.put("Networks", List.of("models", "describe", "check", "convolve"));
        groups.put("Classifiers",
                List.of("train", "evaluate", "predict", "quantise", "compress", "lr-find", "diff", "features",
                        "similar"));
        groups.put("Masks and boxes", List.of("segment", "localise", "detect"));
        groups.put("The same or not", List.of("verify", "fit-embedding", "enrol", "identify", "forget"));
        groups.put("Seeing inside", List.of("explain"));
        groups.put("Style", List.of("stylize"));
        groups.put("Pictures", List.of("doctor", "anchors", "preview", "convert-labels", "make-scenes"));
        groups.put("Other programs' models", List.of("import", "export"));
        groups.put("Speed", List.of("bench"));
        return groups;
    }

    /// The names of all commands that stand under a heading.
    static List<String> names() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    static void showIn(CommandLine command) {
        var sections = command.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::list);
    }

    private static String list(Help help) {
        var text = new StringBuilder();
        GROUPS.forEach((heading, names) -> text.append(System.lineSeparator())
                .append(heading).append(System.lineSeparator())
                .append(table(help, names)));
        return text.toString();
    }

    private static String table(Help help, List<String> names) {
        var width = help.commandSpec().usageMessage().width();
        var column = 2 + names().stream().mapToInt(String::length).max().orElse(0);
        var text = new StringBuilder();
        for (var name : names) {
            var description = help.subcommands().get(name).commandSpec().usageMessage().description()[0];
            var margin = " ".repeat(INDENT);
            // Wrapped before the name is coloured: codes have no width.
            text.append(Wrapping.behind(margin + name + " ".repeat(column - name.length()), description, width)
                    .replaceFirst(name, Matcher.quoteReplacement(help.colorScheme().commandText(name).toString())))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }
}
