package dev.striate.darknet;

import dev.striate.yolo.RegionHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes layers as the text of a `.cfg`.
final class BlockWriter {
    private BlockWriter() {}

    static String text(Map<String, String> net, List<Block> blocks) {
        return blocks.stream().map(BlockWriter::text).collect(Collectors.joining("", section("net", net), ""));
    }

    private static String text(Block block) {
        return switch (block) {
            case Block.Convolutional conv -> section("convolutional", "batch_normalize", flag(conv.batchNormalize()),
                    "filters", conv.filters(), "size", conv.size(), "stride", conv.stride(), "padding", conv.padding(),
                    "groups", conv.groups(), "activation", conv.activation());
            case Block.Maxpool pool ->
                section("maxpool", "size", pool.size(), "stride", pool.stride(), "padding", pool.padding());
            case Block.Avgpool _ -> section("avgpool");
            case Block.Connected connected -> section("connected", "batch_normalize",
                    flag(connected.batchNormalize()), "output", connected.output(), "activation",
                    connected.activation());
            case Block.Local local -> section("local", "size", local.size(), "stride", local.stride(), "pad",
                    local.padding(), "filters", local.filters(), "activation", local.activation());
            case Block.Dropout dropout -> section("dropout", "probability", dropout.probability());
            case Block.Softmax softmax -> section("softmax", "groups", 1, "spatial", flag(softmax.spatial()));
            case Block.TreeSoftmax softmax -> section("softmax", "groups", 1, RegionHead.TREE, softmax.parents(),
                    RegionHead.DESCENT, softmax.threshold());
            case Block.Route route -> route(route);
            case Block.Shortcut shortcut ->
                section("shortcut", "from", list(shortcut.from()), "activation", shortcut.activation());
            case Block.Upsample upsample -> section("upsample", "stride", upsample.stride());
            case Block.Reorg reorg -> section("reorg", "stride", reorg.stride());
            case Block.Crop crop -> section("crop", "crop_height", crop.height(), "crop_width", crop.width(),
                    "noadjust", flag(!crop.adjust()));
            case Block.Output output -> section(output.kind(), output.settings());
            case Block.Cost _ -> section("cost");
        };
    }

    private static String route(Block.Route route) {
        return route.groups() == 1
                ? section("route", "layers", list(route.layers()))
                : section("route", "layers", list(route.layers()), "groups", route.groups(), "group_id",
                        route.group());
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String section(String name, Object... keysAndValues) {
        var settings = new LinkedHashMap<String, String>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1].toString());
        }
        return section(name, settings);
    }

    private static String section(String name, Map<String, String> settings) {
        var text = new StringBuilder("[" + name + "]\n");
        settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.append('\n').toString();
    }
}
