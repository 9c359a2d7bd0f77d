package dev.striate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A fenced block of a document: its place, its language, and whether `<!-- run -->` stands above it.
record Block(Path file, int line, String language, boolean run, String text) {
    private static final Pattern FENCE = Pattern.compile("(?m)^(<!-- run -->\\n+)?```(\\w+)\\n(.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static List<Block> of(Path file) throws IOException {
        var text = Files.readString(file);
        var blocks = new ArrayList<Block>();
        var match = FENCE.matcher(text);
        while (match.find()) {
            var line = (int) text.substring(0, match.start(2)).lines().count();
            blocks.add(new Block(file, line, match.group(2), match.group(1) != null, match.group(3)));
        }
        return blocks;
    }

    /// The arguments of each line that calls `./striate`, up to a pipe, a redirection or a comment.
    List<List<String>> commands() {
        return text.replace("\\\n", " ").lines()
                .map(line -> line.replaceFirst("^(\\w+=\\S+ +)*", ""))
                .filter(line -> line.startsWith("./striate"))
                .map(line -> words(line.split(" +(#|\\||>|&&)", 2)[0]))
                .toList();
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results()
                .skip(1)
                .map(word -> word.group().replaceAll("^[\"']|[\"']$", ""))
                .toList();
    }

    @Override
    public String toString() {
        return file.getFileName() + ":" + line;
    }
}
