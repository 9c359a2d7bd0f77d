package dev.striate.build;

import static org.eclipse.jdt.core.formatter.DefaultCodeFormatterConstants.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.ToolFactory;
import org.eclipse.jdt.core.formatter.CodeFormatter;
import org.eclipse.jdt.core.formatter.DefaultCodeFormatterConstants;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.Document;

/// Formats every Java file below a folder, or fails and names those that are not formatted.
///
/// Eclipse's formatter, because it can leave the line breaks that the author chose: a network reads as its paper's table.
public final class Format {
    private static final CodeFormatter FORMATTER = ToolFactory.createCodeFormatter(options());

    private Format() {}

    public static void main(String[] args) throws IOException {
        var write = args[0].equals("write");
        var unformatted = new ArrayList<Path>();
        for (var file : sources(Path.of(args[1]))) {
            var text = Files.readString(file);
            var formatted = format(file, text);
            if (formatted.equals(text)) continue;
            unformatted.add(file);
            if (write) Files.writeString(file, formatted);
        }
        if (!write && !unformatted.isEmpty()) {
            System.err.println("Not formatted (mvn -pl build process-classes -Dformat=write formats them):");
            unformatted.forEach(file -> System.err.println("  " + file));
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target"))
                    .toList();
        }
    }

    private static String format(Path file, String text) {
        var edit = FORMATTER.format(CodeFormatter.K_COMPILATION_UNIT, text, 0, text.length(), 0, "\n");
        if (edit == null) throw new IllegalStateException(file + " is not Java that the formatter can read.");
        try {
            var document = new Document(text);
            edit.apply(document);
            return document.get();
        } catch (BadLocationException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static Map<String, String> options() {
        var options = new HashMap<String, String>(getEclipseDefaultSettings());
        JavaCore.setComplianceOptions("25", options);
        options.put(JavaCore.COMPILER_PB_ENABLE_PREVIEW_FEATURES, JavaCore.DISABLED);
        options.put(FORMATTER_TAB_CHAR, JavaCore.SPACE);
        options.put(FORMATTER_TAB_SIZE, "4");
        options.put(FORMATTER_LINE_SPLIT, "120");
        options.put(FORMATTER_CONTINUATION_INDENTATION, "2");
        options.put(FORMATTER_CONTINUATION_INDENTATION_FOR_ARRAY_INITIALIZER, "2");
        options.put(FORMATTER_ALIGNMENT_FOR_ARGUMENTS_IN_ANNOTATION,
                DefaultCodeFormatterConstants.createAlignmentValue(false, WRAP_COMPACT, INDENT_DEFAULT));
        options.put(FORMATTER_JOIN_WRAPPED_LINES, FALSE);
        options.put(FORMATTER_JOIN_LINES_IN_COMMENTS, FALSE);
        options.put(FORMATTER_COMMENT_FORMAT_JAVADOC_COMMENT, FALSE);
        options.put(FORMATTER_COMMENT_FORMAT_MARKDOWN_COMMENT, FALSE);
        options.put(FORMATTER_COMMENT_FORMAT_BLOCK_COMMENT, FALSE);
        options.put(FORMATTER_COMMENT_FORMAT_LINE_COMMENT, FALSE);
        options.put(FORMATTER_COMMENT_FORMAT_HEADER, FALSE);
        options.put(FORMATTER_BLANK_LINES_BEFORE_FIRST_CLASS_BODY_DECLARATION, "0");
        options.put(FORMATTER_INDENT_SWITCHSTATEMENTS_COMPARE_TO_SWITCH, TRUE);
        options.put(FORMATTER_INSERT_SPACE_AFTER_COMMA_IN_SWITCH_CASE_EXPRESSIONS, JavaCore.INSERT);
        options.put(FORMATTER_NUMBER_OF_EMPTY_LINES_TO_PRESERVE, "1");
        options.put(FORMATTER_KEEP_THEN_STATEMENT_ON_SAME_LINE, TRUE);
        options.put(FORMATTER_KEEP_ELSE_STATEMENT_ON_SAME_LINE, TRUE);
        options.put(FORMATTER_KEEP_SIMPLE_IF_ON_ONE_LINE, TRUE);
        options.put(FORMATTER_KEEP_SIMPLE_FOR_BODY_ON_SAME_LINE, TRUE);
        options.put(FORMATTER_KEEP_SIMPLE_WHILE_BODY_ON_SAME_LINE, TRUE);
        options.put(FORMATTER_KEEP_SIMPLE_DO_WHILE_BODY_ON_SAME_LINE, TRUE);
        for (var empty : List.of(FORMATTER_KEEP_TYPE_DECLARATION_ON_ONE_LINE,
                FORMATTER_KEEP_RECORD_DECLARATION_ON_ONE_LINE,
                FORMATTER_KEEP_METHOD_BODY_ON_ONE_LINE, FORMATTER_KEEP_RECORD_CONSTRUCTOR_ON_ONE_LINE,
                FORMATTER_KEEP_CODE_BLOCK_ON_ONE_LINE, FORMATTER_KEEP_LAMBDA_BODY_BLOCK_ON_ONE_LINE,
                FORMATTER_KEEP_ANONYMOUS_TYPE_DECLARATION_ON_ONE_LINE)) {
            options.put(empty, ONE_LINE_IF_EMPTY);
        }
        return options;
    }
}
