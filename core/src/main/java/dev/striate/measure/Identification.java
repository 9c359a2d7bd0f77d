package dev.striate.measure;

import dev.striate.StriateException;
import dev.striate.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How often a person is found among all persons of whom one picture each is enrolled: at rank k, the share of the other
/// pictures for which fewer than k other persons are as near as the own one. A tie is a loss.
public final class Identification {
    private final Distance distance;
    private final int[] labels;
    private final int[][] pictures; // of each person

    /// How far two pictures are apart, by their numbers.
    public interface Distance {
        double between(int one, int other);
    }

    private Identification(Distance distance, int[] labels, int[][] pictures) {
        this.distance = distance;
        this.labels = labels;
        this.pictures = pictures;
    }

    /// Of the Euclidean distances of a vector for each picture, which are not copied.
    public static Identification of(float[][] embeddings, int[] labels) {
        check(embeddings, labels);
        return of((one, other) -> squared(embeddings[one], embeddings[other]), labels);
    }

    /// Of the person in each picture, a number from 0; refuses fewer than two persons with pictures, and those of whom
    /// nobody has a second one.
    public static Identification of(Distance distance, int[] labels) {
        var pictures = Arrays.stream(labels).distinct().sorted()
                .mapToObj(label -> IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray())
                .toArray(int[][]::new);
        if (pictures.length < 2 || pictures.length == labels.length) {
            throw new StriateException("Pictures of at least two persons, two of one of them, were expected; received "
                    + labels.length + " of " + pictures.length + ".");
        }
        var persons = new int[labels.length];
        for (var person = 0; person < pictures.length; person++) for (var i : pictures[person]) persons[i] = person;
        return new Identification(distance, persons, pictures);
    }

    private static void check(float[][] embeddings, int[] labels) {
        if (embeddings.length != labels.length) {
            throw new StriateException(
                    "A label for each of " + embeddings.length + " embeddings was expected; received "
                            + labels.length + ".");
        }
        for (var i = 0; i < embeddings.length; i++) {
            if (embeddings[i].length != embeddings[0].length) {
                throw new StriateException("Embeddings of one length were expected; number " + i + " has "
                        + embeddings[i].length + " values, the first " + embeddings[0].length + ".");
            }
            for (var value : embeddings[i]) {
                if (!Float.isFinite(value)) {
                    throw new StriateException(
                            "Embeddings of finite values were expected; number " + i + " holds " + value
                                    + ".");
                }
            }
        }
    }

    public int persons() {
        return pictures.length;
    }

    /// The share at a rank where of each person a random picture is enrolled; which, depends on the seed alone.
    public double ofOneChoice(int rank, long seed) {
        check(rank);
        var random = RandomStream.of(seed).at("enrolled").draws();
        var enrolled = Arrays.stream(pictures).mapToInt(own -> own[random.nextInt(own.length)]).toArray();
        var found = IntStream.range(0, labels.length)
                .filter(probe -> enrolled[labels[probe]] != probe && found(probe, enrolled, rank)).count();
        return (double) found / (labels.length - persons());
    }

    private boolean found(int probe, int[] enrolled, int rank) {
        var own = distance(probe, enrolled[labels[probe]]);
        var nearer = 0;
        for (var person = 0; person < enrolled.length; person++) {
            if (person != labels[probe] && distance(probe, enrolled[person]) <= own && ++nearer == rank) return false;
        }
        return true;
    }

    /// The mean of that share over all ways to enrol one picture of each person: the exact mean, by the probability that
    /// each other person is nearer.
    public double overAllChoices(int rank) {
        check(rank);
        var found = 0.0;
        for (var probe = 0; probe < labels.length; probe++) {
            var own = pictures[labels[probe]];
            // The probe is not enrolled with (n − 1) / n, and each of n − 1 pictures is enrolled instead of it alike.
            if (own.length > 1) found += found(distances(probe), probe, rank) / own.length;
        }
        return found / (labels.length - persons());
    }

    /// The probabilities to be found, summed over the own person's pictures that may be enrolled.
    private double found(double[][] distances, int probe, int rank) {
        var sum = 0.0;
        for (var own : pictures[labels[probe]]) {
            if (own != probe) sum += fewer(distances, labels[probe], distance(probe, own), rank);
        }
        return sum;
    }

    /// The distances to each person's pictures, rising.
    private double[][] distances(int probe) {
        return Arrays.stream(pictures)
                .map(each -> Arrays.stream(each).mapToDouble(i -> distance(probe, i)).sorted().toArray())
                .toArray(double[][]::new);
    }

    /// The probability that fewer than `rank` other persons are as near as `own`.
    private static double fewer(double[][] distances, int person, double own, int rank) {
        var nearer = new double[rank]; // the probability of so many
        nearer[0] = 1;
        for (var other = 0; other < distances.length; other++) {
            if (other == person) continue;
            var count = 0;
            while (count < distances[other].length && distances[other][count] <= own) count++;
            if (count == 0) continue;
            var share = (double) count / distances[other].length;
            for (var k = rank - 1; k >= 0; k--)
                nearer[k] = nearer[k] * (1 - share) + (k == 0 ? 0 : nearer[k - 1] * share);
        }
        return Arrays.stream(nearer).sum();
    }

    private void check(int rank) {
        if (rank >= 1 && rank <= persons()) return;
        throw new StriateException("A rank from 1 to the number of persons, " + persons() + ", was expected; received "
                + rank + ".");
    }

    private double distance(int one, int other) {
        return distance.between(one, other);
    }

    private static double squared(float[] one, float[] other) {
        var sum = 0.0;
        for (var i = 0; i < one.length; i++) {
            var difference = (double) one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }
}
