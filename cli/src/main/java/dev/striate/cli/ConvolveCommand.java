package dev.striate.cli;

import dev.striate.basics.Kernels;
import dev.striate.data.picture.Filters;
import dev.striate.data.picture.Pictures;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "convolve", description = "Slides a kernel over a picture: what one filter of a network sees.",
        footerHeading = "%nExamples%n", footer = {
                "  striate convolve dog.jpg --kernel sobel-vertical --out edges.png",
                "",
                "Kernels: blur, sharpen, edges, prewitt-vertical, prewitt-horizontal, sobel-vertical, sobel-horizontal, curve.",
                "Each channel by itself; edge pixels are repeated outwards; edges show whichever way they go." })
final class ConvolveCommand implements Runnable {
    @Parameters(paramLabel = "PICTURE", description = "A JPEG, PNG, PGM, PPM, BMP or WebP file.")
    private Path picture;

    @Option(names = "--kernel", required = true, paramLabel = "KERNEL", converter = KernelConverter.class,
            description = "The kernel's name.")
    private Kernels kernel;

    @Option(names = "--out", required = true, paramLabel = "FILE",
            description = "The picture to write: .png, .jpg, .bmp, .webp, .pgm or .ppm.")
    private Path out;

    @Mixin
    private Output output;

    /// The JSON of what was written.
    record Result(String picture, String kernel, int width, int height, double[][] weights) {}

    @Override
    public void run() {
        var result = Filters.apply(Pictures.read(picture), kernel);
        Pictures.write(result, out);
        output.print(new Result(out.toString(), kernel.toString(), result.width(), result.height(), kernel.matrix()),
                () -> out + ": " + result);
    }

    static final class KernelConverter implements ITypeConverter<Kernels> {
        @Override
        public Kernels convert(String text) {
            return Kernels.named(text);
        }
    }
}
