package dev.striate.data.scene;

import dev.striate.random.Draws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Where a scene's figures are, the farthest first.
record Layout(List<Stencil> stencils) {
    /// A figure of which others hide more than this share is not drawn.
    static final double HIDDEN = 0.7;
    private static final int TRIES = 6;

    static Layout of(Scenes scenes, Draws draws) {
        var count = scenes.fewest() + draws.nextInt(scenes.most() - scenes.fewest() + 1);
        var placed = new ArrayList<Placed>();
        for (var i = 0; i < count; i++) placed.add(placed(scenes, placed, draws));
        return new Layout(visible(placed.stream().map(each -> Stencil.of(each, scenes.size())).toList(), scenes));
    }

    private static Placed placed(Scenes scenes, List<Placed> others, Draws draws) {
        var figure = Figure.values()[draws.nextInt(scenes.classes())];
        var side = Math.min(scenes.size().width(), scenes.size().height());
        var radius = side * Math.exp(draws.between(Math.log(scenes.smallest() / 2), Math.log(scenes.largest() / 2)));
        var angle = draws.between(0, 2 * Math.PI);
        var found = somewhere(scenes, figure, radius, angle, draws);
        for (var i = 1; i < TRIES && others.stream().anyMatch(found::isOver); i++) {
            found = somewhere(scenes, figure, radius, angle, draws);
        }
        return found;
    }

    /// Whole inside the picture.
    private static Placed somewhere(Scenes scenes, Figure figure, double radius, double angle, Draws draws) {
        return new Placed(figure, draws.between(radius, scenes.size().width() - radius),
                draws.between(radius, scenes.size().height() - radius), radius, angle);
    }

    /// From the nearest to the farthest: only what stays can hide others.
    private static List<Stencil> visible(List<Stencil> all, Scenes scenes) {
        var taken = new byte[scenes.size().area()];
        var kept = new ArrayList<Stencil>();
        for (var stencil : all.reversed()) {
            if (stencil.covered(taken, scenes.size().width()) > HIDDEN) continue;
            stencil.fill(taken, scenes.size().width(), (byte) 1);
            kept.add(stencil);
        }
        Collections.reverse(kept);
        return kept;
    }
}
