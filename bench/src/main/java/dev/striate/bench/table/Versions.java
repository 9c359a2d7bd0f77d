package dev.striate.bench.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The versions of libraries, from what Maven leaves in their jars.
final class Versions {
    private Versions() {}

    static String of(String group, String artifact) {
        var name = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (var stream = Versions.class.getResourceAsStream(name)) {
            if (stream == null) return "";
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
