package dev.striate.data.pairs;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import dev.striate.data.files.TreeFile;
import dev.striate.files.FileErrors;
import dev.striate.text.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads a list of pairs line by line, and keeps what is wrong with each until all are read.
final class LfwReader {
    private static final int SHOWN = 5;
    private static final String COUNT = "0*[1-9]\\d{0,6}";

    private final Path file;
    private final FileTree pictures;
    /// By `Jane_Doe/Jane_Doe_0007`, the last folder and the name without its ending.
    private final Map<String, List<String>> named = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// A line with its number from 1.
    private record Line(int number, List<String> words) {}

    LfwReader(Path file, FileTree pictures) {
        this.file = file;
        this.pictures = pictures;
        for (var path : pictures.files()) {
            if (!FileTree.isPicture(path)) continue;
            var folder = FileTree.folder(path).replaceFirst("/$", "");
            named.computeIfAbsent(folder.substring(folder.lastIndexOf('/') + 1) + "/" + FileTree.stem(path),
                    _ -> new ArrayList<>()).add(path);
        }
    }

    PicturePairs read() {
        var lines = lines();
        var counts = counts(lines);
        var folds = counts.size() == 2 ? counts.getFirst() : 1;
        var ofAKind = counts.getLast();
        var all = 2L * folds * ofAKind;
        if (lines.size() - 1 != all) {
            throw StriateException.file(all + " pairs were expected, as the first line of " + file + " says; "
                    + (lines.size() - 1) + " follow.");
        }
        var pairs = new ArrayList<PicturePair>();
        for (var i = 0; i < lines.size() - 1; i++) {
            var same = i % (2 * ofAKind) < ofAKind;
            pair(lines.get(i + 1), same, i / (2 * ofAKind)).ifPresent(pairs::add);
        }
        refuseProblems();
        return new PicturePairs(pairs, folds);
    }

    private List<Integer> counts(List<Line> lines) {
        var words = lines.isEmpty() ? List.<String>of() : lines.getFirst().words;
        if (!words.isEmpty() && words.size() <= 2 && words.stream().allMatch(word -> word.matches(COUNT))) {
            return words.stream().map(Integer::valueOf).toList();
        }
        throw StriateException.file("How many folds and pairs there are was expected in the first line of " + file
                + ", as in '10 300'; it says '" + Listing.shortened(String.join(" ", words)) + "'.");
    }

    private Optional<PicturePair> pair(Line line, boolean same, int fold) {
        var words = line.words;
        if (words.size() != (same ? 3 : 4)) {
            problem(line, "expects " + (same ? "a name and two numbers" : "two names with a number each") + ", has '"
                    + Listing.shortened(String.join(" ", words)) + "'");
            return Optional.empty();
        }
        var other = words.get(same ? 0 : 2);
        if (words.getFirst().equals(other) != same) {
            problem(line, "expects two names that differ, has " + other + " twice");
            return Optional.empty();
        }
        var first = picture(line, words.getFirst(), words.get(1));
        var second = picture(line, other, words.getLast());
        if (first.isEmpty() || second.isEmpty()) return Optional.empty();
        return Optional.of(new PicturePair(first.get(), second.get(), same, fold));
    }

    private Optional<TreeFile> picture(Line line, String name, String number) {
        if (!number.matches(COUNT)) {
            problem(line, "expects a picture's number from 1, has '" + Listing.shortened(number) + "'");
            return Optional.empty();
        }
        var key = name + "/" + name + "_" + String.format(Locale.ROOT, "%04d", Integer.valueOf(number));
        var found = named.getOrDefault(key, List.of());
        if (found.size() == 1) return Optional.of(new TreeFile(pictures, found.getFirst()));
        problem(line, found.isEmpty() ? "names the picture " + Listing.shortened(key) + ", which is not there"
                : "names the picture " + Listing.shortened(key) + ", which is there as " + Listing.some(found, 2));
        return Optional.empty();
    }

    private void problem(Line line, String what) {
        problems.add("line " + line.number + " " + what);
    }

    private void refuseProblems() {
        if (problems.isEmpty()) return;
        throw StriateException.file("Pairs of pictures that are all there were expected in " + file + "; "
                + String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size())))
                + (problems.size() > SHOWN ? "; and " + (problems.size() - SHOWN) + " more." : "."));
    }

    /// The lines that hold something.
    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        var all = text().replaceFirst("^\\uFEFF", "").split("\\R", -1);
        for (var i = 0; i < all.length; i++) {
            if (!all[i].isBlank()) lines.add(new Line(i + 1, List.of(all[i].strip().split("\\s+"))));
        }
        return lines;
    }

    private String text() {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StriateException.file("A list of pairs was expected at " + file + "; it cannot be read: "
                    + FileErrors.whyNotRead(file, e) + ".", e);
        }
    }
}
