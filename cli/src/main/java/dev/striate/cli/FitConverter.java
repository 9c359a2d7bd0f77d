package dev.striate.cli;

import dev.striate.StriateException;
import dev.striate.recipe.Preprocessing;
import dev.striate.recipe.Preprocessing.Fit;
import picocli.CommandLine.ITypeConverter;

/// A way of pictures to a network's size, by its name.
final class FitConverter implements ITypeConverter<Fit> {
    @Override
    public Fit convert(String text) {
        return switch (text) {
            case "letterbox" -> Preprocessing.Letterbox.DARKNET;
            case "stretch" -> new Preprocessing.Stretch();
            default -> throw new StriateException("Expected letterbox or stretch; received '" + text + "'.");
        };
    }
}
