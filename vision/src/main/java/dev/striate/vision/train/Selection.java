package dev.striate.vision.train;

import dev.striate.measure.Figures;
import dev.striate.measure.Goal;
import dev.striate.recipe.PlateauState;
import dev.striate.recipe.Schedule;

/// Which epoch's model is the best so far, how long ago that was, and what a schedule that waits for a plateau makes of
/// it.
final class Selection {
    private PlateauState plateau = PlateauState.START;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private int epochsSinceBest;

    void resume(Checkpoint.Place place) {
        plateau = place.plateau();
        bestScore = place.bestScore();
        epochsSinceBest = place.epochsSinceBest();
    }

    /// Takes an epoch's figures into account; whether they are the best so far.
    boolean add(Figures figures, Schedule schedule) {
        if (schedule instanceof Schedule.Plateau watching)
            plateau = plateau.after(watched(figures, watching), watching);
        var better = figures.score() > bestScore;
        if (better) bestScore = figures.score();
        epochsSinceBest = better ? 0 : epochsSinceBest + 1;
        return better;
    }

    /// The loss where it is to fall and was measured, else the score.
    private static double watched(Figures figures, Schedule.Plateau plateau) {
        if (plateau.goal() == Goal.HIGHER) return figures.score();
        return figures.values().getOrDefault(Figures.LOSS, -figures.score());
    }

    boolean isPatienceSpent(int patience) {
        return patience > 0 && epochsSinceBest >= patience;
    }

    PlateauState plateau() {
        return plateau;
    }

    double bestScore() {
        return bestScore;
    }

    int epochsSinceBest() {
        return epochsSinceBest;
    }
}
