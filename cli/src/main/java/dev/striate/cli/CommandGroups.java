package dev.striate.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The commands in the order and under the headings in which `striate --help` lists them.
final class CommandGroups {
    private static final Map<String, List<String>> GROUPS = groups();

    private CommandGroups() {}

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("Start here", List.of("demo"));
        groups.put("Networks", List.of("models", "describe", "check", "convolve"));
        groups.put("Classifiers",
                List.of("train", "evaluate", "predict", "quantise", "lr-find", "diff", "features", "similar"));
        groups.put("Pictures", List.of("doctor", "preview", "convert-labels", "make-scenes"));
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
        var table = TextTable.forColumns(help.colorScheme(),
                new Column(17, 2, Overflow.SPAN), new Column(width - 17, 2, Overflow.WRAP));
        for (var name : names) {
            var usage = help.subcommands().get(name).commandSpec().usageMessage();
            table.addRowValues(help.colorScheme().commandText(name),
                    help.colorScheme().text(usage.description()[0]));
        }
        return table.toString();
    }
}
