package dev.striate.vision.report;

import dev.striate.StriateException;
import java.awt.AWTError;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The fonts that figures are written in: those that Striate brings along, so that a machine without any still writes
/// the scripts of nearly all languages, and then those of the machine.
final class Fonts {
    private static final String INTER = "/com/formdev/flatlaf/fonts/inter/Inter-";
    private static final String PLAIN = INTER + "Regular.otf";
    private static final String STRONG = INTER + "SemiBold.otf";
    /// Arabic, Hebrew, Armenian, Georgian and signs; Chinese, Japanese and Korean.
    private static final String DEJAVU = "fonts/DejaVuSans.ttf";
    private static final String DROID = "fonts/DroidSansFallback.ttf";
    /// Fonts that have a sign for every character, which says nothing about it, and Java's names for some font or other.
    private static final Set<String> NO_FONTS = Set.of("LastResort", ".LastResort", "Adobe Blank", Font.DIALOG,
            Font.DIALOG_INPUT, Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED);
    /// Where Java on Linux reads which fonts there are, instead of asking the library fontconfig.
    private static final String CONFIGURATION = "sun.awt.fontconfig";

    private static final Map<String, Font> LOADED = new ConcurrentHashMap<>();
    private static final Map<Wanted, Optional<Font>> FOUND = new ConcurrentHashMap<>();

    private Fonts() {}

    private record Wanted(String letter, boolean strong) {}

    /// The font that has all of a letter and its accents, of size 1; empty where none has.
    static Optional<Font> having(String letter, boolean strong) {
        return FOUND.computeIfAbsent(new Wanted(letter, strong), Fonts::find);
    }

    private static Optional<Font> find(Wanted wanted) {
        var letter = wanted.letter;
        return brought(letter, wanted.strong).map(Fonts::brought).filter(font -> has(font, letter)).findFirst()
                .or(() -> Installed.FONTS.stream().filter(font -> has(font, letter)).findFirst());
    }

    /// The fonts to ask, the best-looking first; Noto Sans has a font for each further script.
    private static Stream<String> brought(String letter, boolean strong) {
        var script = Character.UnicodeScript.of(letter.codePointAt(0)).name();
        var noto = "fonts/NotoSans" + script.charAt(0) + script.substring(1).toLowerCase(Locale.ROOT) + ".ttf";
        return Stream.of(strong ? STRONG : PLAIN, PLAIN, DEJAVU, noto, DROID)
                .filter(name -> Fonts.class.getResource(name) != null);
    }

    /// The font of what has no other, such as a space in a text of nothing else.
    static Font usual(boolean strong) {
        return brought(strong ? STRONG : PLAIN);
    }

    /// Characters that only say how their neighbours are written need no picture of their own.
    private static boolean has(Font font, String letter) {
        return letter.codePoints().filter(c -> !Text.isInvisible(c)).allMatch(font::canDisplay);
    }

    private static final class Installed {
        /// Plain ones first: their names are the shortest of their families.
        static final List<Font> FONTS = Stream.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
                .filter(font -> !NO_FONTS.contains(font.getFamily()))
                .sorted(Comparator.comparingInt(font -> font.getFontName().length() - font.getFamily().length()))
                .toList();
    }

    private static Font brought(String resource) {
        return LOADED.computeIfAbsent(resource, Fonts::load);
    }

    private static Font load(String resource) {
        try {
            return read(resource);
        } catch (RuntimeException | LinkageError | InternalError | AWTError _) {
            return loadWithoutFontconfig(resource);
        }
    }

    /// Java on Linux reads no font at all, not even one that is handed to it, before it knows the machine's: without
    /// the library fontconfig, or where that knows none, a list of one font that nobody asks for will do.
    private static Font loadWithoutFontconfig(String resource) {
        try {
            if (System.getProperty(CONFIGURATION) == null) {
                var list = Files.createTempFile("striate-fonts", ".properties");
                list.toFile().deleteOnExit();
                Files.writeString(list, "version=1\nsequence.allfonts=latin-1\nallfonts.latin-1=DejaVu Sans\n");
                System.setProperty(CONFIGURATION, list.toString());
            }
            return read(resource);
        } catch (IOException | RuntimeException | LinkageError | InternalError | AWTError e) {
            throw new StriateException(
                    "Figures need the fonts of a Java with its desktop module, and FreeType; this Java"
                            + " (" + System.getProperty("java.home") + ") cannot read any: " + e + ".",
                    e);
        }
    }

    private static Font read(String resource) {
        try (var in = Fonts.class.getResourceAsStream(resource)) {
            if (in == null) throw new StriateException("A font was expected at " + resource + "; there is none.");
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException | FontFormatException e) {
            throw new StriateException("A font was expected at " + resource + "; it cannot be read: " + e + ".", e);
        }
    }
}
