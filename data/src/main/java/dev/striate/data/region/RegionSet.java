package dev.striate.data.region;

import dev.striate.StriateException;
import dev.striate.box.Box;
import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.Classified;
import dev.striate.data.set.DataSet;
import dev.striate.data.set.Targets;
import dev.striate.graph.Size;
import dev.striate.random.RandomStream;
import dev.striate.region.Assigned;
import dev.striate.region.RegionSampling;
import dev.striate.target.Target;
import dev.striate.target.Target.LabelledBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Regions of a set's pictures as pictures of their own, warped to a network's input: a classifier's training knows
/// them for nothing else. Class 0 is the background, the others are the set's, one up.
///
/// A picture is decoded once for regions that follow one another.
public final class RegionSet implements Classified {
    public static final String BACKGROUND = "background";

    private final DataSet pictures;
    private final List<LabelledRegion> regions;
    private final Warp warp;
    private final Size input;
    private final int[] fill;
    private volatile Decoded last = new Decoded(-1, Picture.black(1, 1, 1));

    /// A part of a picture of the set.
    ///
    /// @param label 0 for background, otherwise 1 more than the class in the set
    public record LabelledRegion(int picture, Box box, int label) {}

    private record Decoded(int index, Picture picture) {}

    /// @param fill for each channel of the regions, 1 or 3, the colour of what lies beyond them, 0 to 255
    public RegionSet(DataSet pictures, List<LabelledRegion> regions, Warp warp, Size input, int[] fill) {
        this.pictures = pictures;
        this.regions = List.copyOf(regions);
        this.warp = warp;
        this.input = input;
        this.fill = fill.clone();
    }

    /// The regions that a head of N + 1 ways learns from: of each picture those that `sampling` draws, the objects' own
    /// boxes among them. Background is thinned by chance to its share of the whole set, so that a batch of shuffled
    /// regions has `share` foreground on average, where the paper has just so much in each (Girshick et al. 2014, §2.3).
    public static List<LabelledRegion> drawn(DataSet pictures, ProposedBoxes proposals, RegionSampling sampling,
            long seed) {
        var stream = RandomStream.of(seed).at("regions");
        var foreground = new ArrayList<LabelledRegion>();
        var background = new ArrayList<LabelledRegion>();
        for (var i = 0; i < pictures.size(); i++) {
            var objects = objects(pictures, i);
            var boxes = RegionSampling.withObjects(proposals.of(i), objects);
            for (var each : sampling.of(boxes, objects, stream.at(i).draws())) {
                switch (each) {
                    case Assigned.Foreground(_, var box, _, var label) ->
                        foreground.add(new LabelledRegion(i, box, label + 1));
                    case Assigned.Background(_, var box) -> background.add(new LabelledRegion(i, box, 0));
                }
            }
        }
        var wanted = (int) Math.min(background.size(), Math.round(foreground.size() * (1 / sampling.share() - 1)));
        var order = stream.at("background").permutation(background.size());
        return Stream.concat(foreground.stream(), IntStream.of(order).limit(wanted).mapToObj(background::get))
                .sorted(Comparator.comparingInt(LabelledRegion::picture)).toList();
    }

    /// The objects in a picture; refuses a picture without a list of them.
    public static List<LabelledBox> objects(DataSet pictures, int index) {
        if (pictures.target(index) instanceof Target.Objects(var boxes, _)) return boxes;
        throw new StriateException("Regions expect boxes for each picture; " + pictures.name(index) + " has "
                + Targets.describe(pictures.target(index)) + ".");
    }

    /// The names of such classes.
    public static List<String> classes(List<String> objects) {
        return Stream.concat(Stream.of(BACKGROUND), objects.stream()).toList();
    }

    @Override
    public List<String> classes() {
        return classes(pictures.classes());
    }

    @Override
    public int size() {
        return regions.size();
    }

    @Override
    public int label(int index) {
        return regions.get(index).label();
    }

    @Override
    public String name(int index) {
        return pictures.name(regions.get(index).picture()) + " at " + regions.get(index).box();
    }

    @Override
    public Size pictureSize(int index) {
        return input;
    }

    @Override
    public Picture picture(int index) {
        var region = regions.get(index);
        return warp.of(decoded(region.picture()), region.box(), input, fill);
    }

    private Picture decoded(int index) {
        var known = last;
        if (known.index == index) return known.picture;
        var picture = Pictures.withChannels(pictures.picture(index), fill.length);
        last = new Decoded(index, picture);
        return picture;
    }
}
