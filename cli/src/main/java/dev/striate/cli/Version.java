package dev.striate.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `striate --version` says: the version that the jar's manifest names, and the Java below.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpacked)");
        return new String[] { "striate " + version + " on Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") };
    }
}
