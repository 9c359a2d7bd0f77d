package dev.striate.cli;

import dev.striate.text.Wrapping;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;

/// Help whose options break at blanks alone: picocli itself would break inside `layer[12].*` and `.cfg`.
final class HelpLayout extends Help {
    static final int LONG_OPTIONS = 28;
    /// Short names, blanks between the columns, and picocli's own reserve for long names.
    private static final int OTHER_COLUMNS = 10;

    private final int width;

    HelpLayout(CommandSpec command, ColorScheme colours) {
        super(command, colours);
        width = command.usageMessage().width() - LONG_OPTIONS - OTHER_COLUMNS;
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        var usual = super.createDefaultOptionRenderer();
        return (option, labels, colours) -> wrapped(usual.render(option, labels, colours), colours);
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
        var usual = super.createDefaultParameterRenderer();
        return (parameter, labels, colours) -> wrapped(usual.render(parameter, labels, colours), colours);
    }

    /// The last cell of each row, the description, over as many rows as it needs.
    private Text[][] wrapped(Text[][] rows, ColorScheme colours) {
        var all = new ArrayList<Text[]>();
        for (var row : rows) {
            var first = true;
            for (var line : Wrapping.lines(row[row.length - 1].plainString(), width)) {
                var cells = row.clone();
                if (!first) Arrays.fill(cells, colours.text(""));
                cells[cells.length - 1] = colours.text(line);
                all.add(cells);
                first = false;
            }
        }
        return all.toArray(Text[][]::new);
    }
}
