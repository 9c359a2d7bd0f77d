package dev.striate.data.set;

import dev.striate.StriateException;
import dev.striate.data.labels.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A data set's parts. `given` tells whether the files themselves separate training from testing; where they do not,
/// every fifth picture of each class is for testing, or the last where no class has five. `problems` are labels that were left out or changed.
public record Splits(String name, DataSet train, Optional<DataSet> validation, DataSet test, boolean given,
        List<Problem> problems) {
    public Splits {
        problems = List.copyOf(problems);
        if (!train.classes().equals(test.classes())) {
            throw new StriateException("Training and testing expect the same classes in " + name + "; received "
                    + train.classes().size() + " and " + test.classes().size() + ".");
        }
    }

    /// Parts whose labels are all in order.
    public Splits(String name, DataSet train, Optional<DataSet> validation, DataSet test, boolean given) {
        this(name, train, validation, test, given, List.of());
    }

    /// One set of several, of all their classes: training is by the pictures of all, validation and testing by those of the
    /// first.
    public static Splits joined(List<Splits> sets) {
        var train = Joined.of(sets.stream().map(Splits::train).toList());
        var first = sets.getFirst().among(train.classes());
        return new Splits(sets.stream().map(Splits::name).collect(Collectors.joining(DataSets.AND)), train,
                first.validation, first.test, first.given,
                sets.stream().flatMap(set -> set.problems.stream()).toList());
    }

    /// The same pictures, labelled among classes of which theirs are some; see [DataSet#among].
    public Splits among(List<String> names) {
        return new Splits(name, train.among(names), validation.map(part -> part.among(names)), test.among(names), given,
                problems);
    }

    /// The first `count` pictures of each part, at most; see [DataSet#limit].
    public Splits limit(int count) {
        return new Splits(name, train.limit(count), validation.map(part -> part.limit(count)), test.limit(count),
                given, problems);
    }

    /// One part; refuses to give a validation part where there is none.
    public DataSet part(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation.orElseThrow(() -> new StriateException("A validation part was expected in "
                    + name + "; it has a training and a test part only."));
            case TEST -> test;
        };
    }

    /// The same pictures with each identity in one part alone, so that validation and testing show others than training did:
    /// where the files have no test part, a quarter of the identities for testing, and where they have no validation part, a
    /// tenth of the others for that, at least two. Which, depends on `seed` alone.
    public Splits apart(long seed) {
        if (given && validation.isPresent()) return this;
        var whole = given ? train : Joined.of(List.of(train, test));
        var parts = Identities.parted(whole, given ? 0 : 0.25, 0.1, seed);
        return new Splits(name, parts.train(), Optional.of(validation.orElse(parts.validation())),
                given ? test : parts.test(), given, problems);
    }

    /// The same with at most `count` pictures of each part, of as few identities that several pictures show each.
    public Splits apart(long seed, int count) {
        var apart = apart(seed);
        return new Splits(name, Identities.few(apart.train, count),
                apart.validation.map(part -> Identities.few(part, count)), Identities.few(apart.test, count), given,
                problems);
    }

    /// Sets aside a share of the training pictures, from 0 to 1 and of each class alike, for validation; which, depends
    /// on `seed` alone. Files that hold a validation part keep theirs.
    public Splits withValidation(double share, long seed) {
        if (validation.isPresent()) return this;
        var halves = Sampling.split(train, share, seed);
        return new Splits(name, halves.rest(), Optional.of(halves.held()), test, given, problems);
    }
}
