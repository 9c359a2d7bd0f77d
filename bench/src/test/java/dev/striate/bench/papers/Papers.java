package dev.striate.bench.papers;

import dev.striate.recipe.Recipe;
import dev.striate.recipe.Recipes;
import dev.striate.zoo.ZooEntry;
import dev.striate.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The page that leads from a paper to the code: what the zoo and the comments of all modules name.
final class Papers {
    private static final Comparator<Work> BY_YEAR = Comparator.comparingInt(Work::year).thenComparing(Work::authors)
            .thenComparing(Work::title);
    private final Path root;
    private final List<Work> titles;
    private final TreeMap<Work, List<Citation>> works = new TreeMap<>(BY_YEAR);

    private record Work(String authors, int year, String title) {
        static Work of(ZooEntry entry) {
            return new Work(entry.paper().authors(), entry.paper().year(), entry.paper().title());
        }

        boolean isCitedBy(Citation citation) {
            return authors.equals(citation.authors()) && year == citation.year() && title.startsWith(citation.title());
        }
    }

    Papers(Path root) throws IOException {
        this.root = root;
        var known = new ArrayList<>(Zoo.entries().stream().map(Work::of).distinct().toList());
        for (var work : known) works.put(work, new ArrayList<>());
        for (var line : Files.readAllLines(root.resolve("bench/src/test/resources/papers.txt"))) known.add(read(line));
        titles = List.copyOf(known);
        for (var file : sources()) {
            for (var citation : Citation.of(file))
                works.computeIfAbsent(work(citation), _ -> new ArrayList<>()).add(citation);
        }
    }

    /// From `authors year | title`.
    private static Work read(String line) {
        var parts = line.split(" \\| ");
        var year = parts[0].lastIndexOf(' ');
        return new Work(parts[0].substring(0, year), Integer.parseInt(parts[0].substring(year + 1)), parts[1]);
    }

    /// The first that fits, the zoo's before others: without a title, that is whom the comments mean.
    private Work work(Citation citation) {
        return titles.stream().filter(work -> work.isCitedBy(citation)).findFirst()
                .orElseGet(() -> new Work(citation.authors(), citation.year(), citation.title()));
    }

    private List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(root, file -> Files.isDirectory(file.resolve("src/main/java")))) {
            for (var module : modules) {
                try (var files = Files.walk(module.resolve("src/main/java"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources.stream().sorted().toList();
    }

    /// The page in Markdown.
    String page() {
        var page = new StringBuilder(
                """
                        # From a paper to the code

                        Every paper that the zoo or a comment names, by year: what of it is where, and the command that shows it. `--recipe NAME` is an
                        option of `./striate train`. This page is made from the sources; `PapersTest` says how to make it again.

                        | paper | section | code | shown by |
                        |---|---|---|---|
                        """);
        works.forEach((work, citations) -> {
            page.append("| **%s %d**%s | | %s | %s |%n".formatted(work.authors(), work.year(),
                    work.title().isEmpty() ? "" : ": " + work.title(), networks(work), described(work)));
            citations.stream().map(citation -> row(work, citation)).distinct().forEach(page::append);
        });
        return page.toString().replace(System.lineSeparator(), "\n");
    }

    private static Stream<ZooEntry> entries(Work work) {
        return Zoo.entries().stream().filter(entry -> Work.of(entry).equals(work));
    }

    private static String networks(Work work) {
        var names = entries(work).map(ZooEntry::name).toList();
        if (names.size() <= 4) return String.join(", ", names);
        return String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
    }

    private static String described(Work work) {
        return entries(work).findFirst().map(entry -> "`./striate describe " + entry.name() + "`").orElse("");
    }

    private String row(Work work, Citation citation) {
        var path = root.relativize(citation.file()).toString().replace('\\', '/');
        return "| | %s | [%s](../%s) | %s |%n".formatted(citation.section(), citation.declaration(), path,
                shown(work, citation));
    }

    /// The first network that has the operation, its own paper's before others; or the first recipe that has the setting or is what the comment is about.
    private static String shown(Work work, Citation citation) {
        var name = citation.declaration().substring(citation.declaration().lastIndexOf('.') + 1);
        return switch (citation.file().getParent().getFileName() + "/" + citation.file().getFileName()) {
            case "graph/Op.java" -> Stream.concat(entries(work), Zoo.entries().stream())
                    .filter(entry -> has(entry, name)).findFirst()
                    .map(entry -> "`./striate describe " + entry.name() + "`").orElse("");
            case "recipe/PaperRecipes.java" -> recipe(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
            case String file when file.startsWith("recipe/") -> Recipes.all().stream()
                    .filter(recipe -> recipe.toString().contains(name + "[")).findFirst()
                    .map(recipe -> recipe(recipe.name())).orElse("");
            case String file when file.startsWith("zoo/") -> described(work);
            default -> "";
        };
    }

    private static boolean has(ZooEntry entry, String operation) {
        return entry.network().nodes().stream()
                .anyMatch(node -> node.op().getClass().getSimpleName().equals(operation));
    }

    private static String recipe(String name) {
        return Recipes.all().stream().map(Recipe::name).filter(name::equals).findFirst()
                .map(known -> "`--recipe " + known + "`").orElse("");
    }
}
