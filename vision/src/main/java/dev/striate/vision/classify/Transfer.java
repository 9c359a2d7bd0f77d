package dev.striate.vision.classify;

import dev.striate.StriateException;
import java.util.List;

/// What a run takes over from an earlier model.
///
/// @param from the file of the weights; empty for none
/// @param fresh the parameters that are not taken over and start afresh: those of a last layer for other classes
/// @param frozen a regular expression of parameter names that keep their values; empty for none. Normalisations all of
///        whose parameters are frozen keep their statistics.
/// @param oldRate the factor on the learning rate of all parameters that are taken over
public record Transfer(String from, List<String> fresh, String frozen, double oldRate) {
    public static final Transfer NONE = new Transfer("", List.of(), "", 1);

    public Transfer {
        fresh = List.copyOf(fresh);
        if (!(oldRate > 0 && oldRate <= 1)) {
            throw new StriateException("The factor on the rate of old layers expects a number above 0, at most 1; "
                    + "received " + oldRate + " (freeze a layer instead of giving it a rate of 0).");
        }
    }

    public Transfer withFrozen(String frozen) {
        return new Transfer(from, fresh, frozen, oldRate);
    }

    public Transfer withOldRate(double oldRate) {
        return new Transfer(from, fresh, frozen, oldRate);
    }

    boolean freezes(String parameter) {
        return !frozen.isEmpty() && parameter.matches(frozen);
    }

    /// The factor on a parameter's learning rate.
    double rate(String parameter) {
        return from.isEmpty() || fresh.contains(parameter) ? 1 : oldRate;
    }
}
