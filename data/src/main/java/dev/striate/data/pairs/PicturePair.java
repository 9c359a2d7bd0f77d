package dev.striate.data.pairs;

import dev.striate.data.files.TreeFile;

/// Two pictures, and whether they show the same.
///
/// @param fold of a list's folds the one in which the pair lies, from 0
public record PicturePair(TreeFile first, TreeFile second, boolean same, int fold) {}
