package dev.striate.data.convert;

/// What becomes of the pictures where labels are converted.
public enum PictureCopies {
    /// They are copied as they are; drawn ones are written as PNGs.
    COPY,
    /// Links lead to them where they lie.
    LINK,
    /// Only labels are written.
    NONE
}
