package dev.striate.recipe;

import java.util.List;

/// What the final test sees of a picture; the answers to several views are averaged. Validation during training sees one.
public sealed interface Views {

    /// The picture as the preprocessing fits it.
    record One() implements Views {}

    /// The picture and its mirror image.
    record Flip() implements Views {}

    /// At each shorter side, in pixels: crops of the network's input size, each with its mirror image if `flips`.
    record MultiCrop(List<Integer> sides, Crops crops, boolean flips) implements Views {
        public MultiCrop {
            sides = List.copyOf(sides);
            Expect.that(!sides.isEmpty(), "A multi-crop test", "at least one side", "none");
            for (var side : sides) Expect.that(side >= 1, "A side to crop from", "at least one pixel", side);
        }
    }

    /// `CORNERS_AND_CENTRE`: five (Krizhevsky et al. 2012, §4.1). `SQUARES`: of the left, middle and right (top, middle
    /// and bottom) square the same five and the whole square resized, 18 in all (Szegedy et al. 2014, §7).
    enum Crops {
        CORNERS_AND_CENTRE,
        SQUARES
    }

    /// How many views there are of one picture: AlexNet has 10, GoogLeNet 144.
    default int count() {
        return switch (this) {
            case One _ -> 1;
            case Flip _ -> 2;
            case MultiCrop(var sides, var crops, var flips) ->
                sides.size() * (crops == Crops.SQUARES ? 18 : 5) * (flips ? 2 : 1);
        };
    }
}
