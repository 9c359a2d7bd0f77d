package dev.striate.darknet;

import dev.striate.StriateException;
import dev.striate.files.FileErrors;
import dev.striate.graph.Network;
import dev.striate.graph.Shape;
import dev.striate.recipe.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A Darknet `.cfg`, read: the network, the node that answers for each of Darknet's layers, the preprocessing, the
/// settings of `[net]`, which are about training, and the settings in layers that only Darknet's training reads
/// (`unused`, with their lines).
///
/// Layer i's main node is `layer<i>`, and `layer<i>.bn` its normalisation. The outputs are the detectors' (`yolo`,
/// `region`, `detection`), each an [dev.striate.graph.Op.Detection] that keeps all its settings, or where there is
/// none the last layer.
public record DarknetNetwork(Network network, List<String> layers, Preprocessing preprocessing,
        SequencedMap<String, String> net,
        List<String> unused) {
    public DarknetNetwork {
        layers = List.copyOf(layers);
        net = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(net));
        unused = List.copyOf(unused);
    }

    /// Reads a file; refuses, by line, what does not run here.
    public static DarknetNetwork read(Path file) {
        var name = file.getFileName().toString().replaceFirst("\\.cfg$", "");
        try {
            return parse(name, Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw StriateException.file(file + " does not exist.", e);
        } catch (IOException e) {
            throw StriateException.file(file + " could not be read as text: " + FileErrors.whyNotRead(file, e) + ".",
                    e);
        }
    }

    /// Reads the text of a `.cfg`; `source` names it in errors.
    public static DarknetNetwork parse(String name, String text, String source) {
        var sections = Section.parse(text, source);
        if (sections.isEmpty() || !List.of("net", "network").contains(sections.getFirst().name())) {
            throw StriateException.file(source + " is no Darknet network: it does not start with [net].");
        }
        var net = sections.removeFirst();
        var preprocessing = preprocessing(net, sections);
        var unused = new ArrayList<String>();
        var assembly = new CfgToNetwork(preprocessing.input());
        for (var section : sections) {
            add(assembly, section);
            unused.addAll(section.unused(BlockReader.TRAINING));
        }
        if (sections.isEmpty()) throw net.refuse("is followed by no layer");
        return new DarknetNetwork(assembly.network(name), assembly.nodes(), preprocessing, net.all(), unused);
    }

    private static void add(CfgToNetwork assembly, Section section) {
        var block = BlockReader.read(section);
        try {
            assembly.add(block);
        } catch (StriateException e) {
            throw section.refuse("does not fit: " + e.getMessage().replaceFirst("\\.$", ""));
        }
    }

    /// The text of a `.cfg` that gives all of this again, but for settings that were unused.
    public String text() {
        var blocks = new ArrayList<>(NetworkToCfg.blocks(network));
        var settings = new LinkedHashMap<>(net);
        if (preprocessing.fit() instanceof Preprocessing.CenterCrop) {
            var adjusts = preprocessing.mean().getFirst() != 0;
            blocks.addFirst(new Block.Crop(network.input().height(), network.input().width(), adjusts));
        } else {
            settings.putAll(size(network.input()));
        }
        return BlockWriter.text(settings, blocks);
    }

    /// The text of a `.cfg` that gives this network again; refuses, by name, an operation that Darknet does not have.
    public static String text(Network network) {
        return BlockWriter.text(size(network.input()), NetworkToCfg.blocks(network));
    }

    private static SequencedMap<String, String> size(Shape input) {
        var size = new LinkedHashMap<String, String>();
        size.put("height", String.valueOf(input.height()));
        size.put("width", String.valueOf(input.width()));
        size.put("channels", String.valueOf(input.channels()));
        return size;
    }

    private static Preprocessing preprocessing(Section net, List<Section> layers) {
        var input = new Shape(net.atLeast(1, "channels", 3), net.atLeast(1, "height", 0), net.atLeast(1, "width", 0));
        if (layers.isEmpty() || !(layers.getFirst().name().equals("crop"))) {
            return Preprocessing.plain(input, new Preprocessing.CornerStretch());
        }
        var crop = (Block.Crop) BlockReader.read(layers.getFirst());
        var cropped = new Shape(input.channels(), crop.height(), crop.width());
        var fit = new Preprocessing.CenterCrop(Math.min(input.height(), input.width()));
        if (!crop.adjust()) return Preprocessing.plain(cropped, fit);
        var half = Collections.nCopies(input.channels(), 0.5);
        return new Preprocessing(cropped, fit, half, half);
    }
}
