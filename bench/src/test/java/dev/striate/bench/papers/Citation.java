package dev.striate.bench.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A comment that names a paper, as in `He et al. 2015, §4.2`: the paper as cited, the beginning of its title where the
/// comment gives one, the section, the file, and the declaration that the comment belongs to.
record Citation(String authors, int year, String title, String section, Path file, String declaration) {
    private static final Pattern CITATION = Pattern
            .compile("(\\p{Lu}[\\p{L}’'-]+(?: et al\\.| and \\p{Lu}[\\p{L}-]+)?) "
                    + "(\\d{4})\\b(?:, \"([^\"]+)\")?((?:,? (?:and |to )?(?:§|eq\\. |table |algorithm |appendix |figure )"
                    + "[\\w.-]*\\w)*)");
    private static final Pattern TYPE = Pattern.compile("\\b(?:record|class|interface|enum) (\\w+)");
    private static final Pattern METHOD = Pattern.compile("^(?:\\w[\\w<>\\[\\], ]* )?(\\w+)\\(");

    /// Those of a Java file, in its order.
    static List<Citation> of(Path file) throws IOException {
        var citations = new ArrayList<Citation>();
        var comment = new StringBuilder();
        for (var line : Files.readAllLines(file)) {
            var text = line.strip();
            if (text.startsWith("//")) {
                comment.append(text.replaceFirst("/+", ""));
            } else if (!comment.isEmpty() && !text.startsWith("@")) {
                citations.addAll(of(comment, file, declaration(file, text)));
                comment.setLength(0);
            }
        }
        return citations;
    }

    private static List<Citation> of(CharSequence comment, Path file, String declaration) {
        return CITATION.matcher(comment).results().filter(match -> !match.group(1).equals("RFC"))
                .map(match -> new Citation(match.group(1), Integer.parseInt(match.group(2)),
                        match.group(3) == null ? "" : match.group(3), match.group(4).replaceFirst("^,? ", ""), file,
                        declaration))
                .toList();
    }

    /// The type or method, below that of the file; a comment on anything else belongs to the file.
    private static String declaration(Path file, String line) {
        var outer = file.getFileName().toString().replace(".java", "");
        if (outer.equals("package-info")) return "package " + file.getParent().getFileName();
        var type = TYPE.matcher(line);
        if (type.find()) return type.group(1).equals(outer) ? outer : outer + "." + type.group(1);
        var method = METHOD.matcher(line);
        return line.endsWith("{") && method.find() ? outer + "." + method.group(1) : outer;
    }
}
