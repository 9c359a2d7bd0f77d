package dev.striate.recipe;

import dev.striate.StriateException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A rate of their own for some layers: a factor on the learning rate of the parameters whose whole names match.
///
/// @param names a regular expression, such as `conv[12].*`
public record LayerRate(String names, double factor) {
    public LayerRate {
        Expect.positive("The factor on a layer's learning rate", factor);
        try {
            Pattern.compile(names);
        } catch (PatternSyntaxException e) {
            throw new StriateException("The names of parameters with a rate of their own are expected as a regular "
                    + "expression, such as conv[12].*; received " + names + " (" + e.getDescription() + ").", e);
        }
    }

    /// Reads one from text, as in `conv[12].*=0.5`.
    public static LayerRate of(String text) {
        var end = text.lastIndexOf('=');
        try {
            if (end > 0) return new LayerRate(text.substring(0, end), Double.parseDouble(text.substring(end + 1)));
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new StriateException(
                "Names of parameters and a factor on their rate were expected, as in conv[12].*=0.5; "
                        + "received '" + text + "'.");
    }

    boolean matches(String parameter) {
        return parameter.matches(names);
    }
}
