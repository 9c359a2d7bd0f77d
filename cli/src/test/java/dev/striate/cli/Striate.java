package dev.striate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.random.RandomStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command in a test's own process: a line in, an exit code and two texts out.
final class Striate {
    private String out = "";
    private String err = "";

    /// Executes a line, whose words hold no spaces.
    int execute(String line) {
        return execute(List.of(line.strip().split("\\s+")));
    }

    /// Executes a line of these words.
    int execute(List<String> words) {
        var newOut = new StringWriter();
        var newErr = new StringWriter();
        var code = Main.command().setOut(new PrintWriter(newOut)).setErr(new PrintWriter(newErr, true))
                .execute(words.toArray(String[]::new));
        out = newOut.toString();
        err = newErr.toString();
        return code;
    }

    /// The JSON that a line prints, which is expected to succeed.
    JsonNode json(String line) {
        assertThat(execute(line + " --json")).as(line + "\n" + err).isZero();
        return JsonMapper.shared().readTree(out);
    }

    /// The JSON that a line prints which is expected to fail.
    JsonNode failing(int code, String line) {
        assertThat(execute(line + " --json")).as(line + "\n" + err).isEqualTo(code);
        return JsonMapper.shared().readTree(out);
    }

    /// A line that is expected to fail, with this in its sentence.
    void refuses(int code, String part, String line) {
        assertThat(execute(line)).as(err).isEqualTo(code);
        assertThat(err).contains(part).doesNotContain("Exception");
    }

    String out() {
        return out;
    }

    /// What the last line said on standard error.
    String err() {
        return err;
    }

    /// Two classes of noisy pictures, dark and light, in train and test folders.
    static Path pictures(Path folder, int perClass) throws IOException {
        for (var part : List.of("train", "test")) {
            for (var label : List.of("dark", "light")) {
                var place = Files.createDirectories(folder.resolve(part).resolve(label));
                for (var i = 0; i < perClass; i++) {
                    Pictures.write(noise(label.equals("dark") ? 20 : 140, part + label + i),
                            place.resolve(i + ".png"));
                }
            }
        }
        return folder;
    }

    private static Picture noise(int from, String name) {
        var draws = RandomStream.of(2).at(name);
        var picture = Picture.black(28, 28, 3);
        for (var i = 0; i < picture.pixels().length; i++) {
            picture.pixels()[i] = (byte) (from + 90 * draws.uniform(i));
        }
        return picture;
    }
}
