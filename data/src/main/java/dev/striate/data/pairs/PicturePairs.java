package dev.striate.data.pairs;

import dev.striate.StriateException;
import dev.striate.data.files.FileTree;
import java.nio.file.Path;
import java.util.List;

/// The pairs of a list, in its order, and in how many folds they lie.
public record PicturePairs(List<PicturePair> pairs, int folds) {
    public PicturePairs {
        pairs = List.copyOf(pairs);
        for (var pair : pairs) {
            if (pair.fold() >= 0 && pair.fold() < folds) continue;
            throw new StriateException("Folds from 0 to " + (folds - 1) + " were expected; a pair lies in fold "
                    + pair.fold() + ".");
        }
    }

    /// A list in the form of Labeled Faces in the Wild (Huang et al. 2007): `pairs.txt`, whose first line says how many folds
    /// there are and how many pairs of each kind each of them holds, or `pairsDevTrain.txt`, where it says the latter alone.
    /// In each fold, lines of a name and two numbers, then lines of two names with a number each.
    ///
    /// Picture 7 of Jane_Doe is `Jane_Doe/Jane_Doe_0007.jpg`, or of another picture's ending, at any depth in the tree. Refuses
    /// a list with broken lines or pictures that are not there, and names the first of them.
    public static PicturePairs lfw(Path file, FileTree pictures) {
        return new LfwReader(file, pictures).read();
    }

    /// Of each pair whether it is the same.
    public boolean[] same() {
        var same = new boolean[pairs.size()];
        for (var i = 0; i < same.length; i++) same[i] = pairs.get(i).same();
        return same;
    }

    /// Of each pair its fold.
    public int[] foldOfEach() {
        return pairs.stream().mapToInt(PicturePair::fold).toArray();
    }
}
