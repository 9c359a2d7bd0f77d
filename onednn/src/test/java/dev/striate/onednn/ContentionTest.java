package dev.striate.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentionTest {
    private static final int ALWAYS = 0;

    @TempDir
    private Path folder;

    @Test
    void sleepsWhileAThreadWaitsForACoreAndSpinsAgainAfter() throws IOException {
        try (var contention = new Contention(schedule(1000, 10), ALWAYS)) {
            contention.look();
            assertThat(contention.sleeps()).isFalse();
            schedule(2000, 1010);
            contention.look();
            assertThat(contention.sleeps()).isTrue();
            schedule(3000, 1120);
            contention.look();
            assertThat(contention.sleeps()).as("a tenth of the time is neither").isTrue();
            schedule(4000, 1121);
            contention.look();
            assertThat(contention.sleeps()).isFalse();
        }
    }

    @Test
    void staysAsItIsWhereNobodyTellsHowLongAThreadHasWaited() throws IOException {
        for (var content : new String[] { "", "1000", "a b c" }) {
            try (var contention = new Contention(Files.writeString(folder.resolve("schedule"), content), ALWAYS)) {
                contention.look();
                assertThat(contention.sleeps()).isFalse();
            }
        }
        try (var contention = new Contention(folder.resolve("none"), ALWAYS)) {
            contention.look();
            assertThat(contention.sleeps()).isFalse();
        }
    }

    private Path schedule(long ran, long waited) throws IOException {
        return Files.writeString(folder.resolve("schedule"), ran + " " + waited + " 7\n");
    }
}
