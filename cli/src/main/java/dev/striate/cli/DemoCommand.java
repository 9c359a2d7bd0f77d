package dev.striate.cli;

import dev.striate.vision.demo.Demo;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "demo", description = "Trains LeNet-5 on digits that it draws, in a minute, and shows what it learned.",
        footerHeading = "%nExamples%n", footer = {
                "  striate demo",
                "",
                "It needs neither data nor the internet." })
final class DemoCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", defaultValue = "striate-demo.png",
            description = "The picture to write; striate-demo.png by default.")
    private Path out;

    @Mixin
    private Output output;

    /// The JSON of the demo.
    record Result(double accuracy, double seconds, int pictures, String model, String picture) {}

    @Override
    public void run() {
        output.say("LeNet-5 learns to read digits that are drawn for it …");
        var demo = Demo.run(Path.of("runs"), out, new Progress(output.err()));
        output.print(new Result(demo.accuracy(), demo.seconds(), demo.pictures(), demo.model().toString(),
                out.toString()), () -> text(demo));
    }

    private String text(Demo demo) {
        var run = demo.model().getParent();
        return String.format(Locale.ROOT, """
                %.1f %% of %,d digits that it has never seen are right, after %.0f seconds.
                Look at %s.

                Try next
                  striate predict %s %s
                  striate evaluate %s                   where it errs
                  striate describe lenet5         the network, layer by layer
                  striate train --model resnet20 --data FOLDER   your own pictures, a folder for each class
                """, 100 * demo.accuracy(), demo.pictures(), demo.seconds(), out, run, demo.sample(), run);
    }
}
