package dev.striate.data.labels;

import dev.striate.box.Box;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// Detections as COCO's tools read them: `COCO(images).loadRes(results)` in Python takes both files.
public final class CocoResults {
    /// Corners are written to a ten-thousandth of a pixel.
    private static final double STEP = 1e4;
    private static final JsonMapper JSON = JsonMapper.shared();

    private CocoResults() {}

    /// The array of results: `image_id`, `category_id`, `bbox` as left, top, width and height in pixels, `score`.
    public static String results(List<FoundObjects> pictures, CocoIds ids) {
        return JSON.writeValueAsString(pictures.stream().flatMap(picture -> picture.detections().stream().map(each -> {
            var result = new LinkedHashMap<String, Object>();
            result.put("image_id", ids.images().get(picture.file()));
            result.put("category_id", ids.categories().get(each.label()));
            result.put("bbox", corners(picture.box(each)));
            result.put("score", each.score());
            return result;
        })).toList()) + "\n";
    }

    /// The pictures and classes that the results' numbers mean, as a data set without annotations.
    public static String images(List<FoundObjects> pictures, List<String> classes, CocoIds ids) {
        var set = new LinkedHashMap<String, Object>();
        set.put("info", Map.of());
        set.put("images", pictures.stream().map(picture -> {
            var image = new LinkedHashMap<String, Object>();
            image.put("id", ids.images().get(picture.file()));
            image.put("file_name", picture.file());
            image.put("width", picture.size().width());
            image.put("height", picture.size().height());
            return image;
        }).toList());
        set.put("categories", IntStream.range(0, classes.size())
                .mapToObj(k -> Map.of("id", ids.categories().get(k), "name", classes.get(k))).toList());
        set.put("annotations", List.of());
        return JSON.writeValueAsString(set) + "\n";
    }

    private static List<Double> corners(Box box) {
        return List.of(rounded(box.left()), rounded(box.top()), rounded(box.width()), rounded(box.height()));
    }

    private static double rounded(double value) {
        return Math.round(value * STEP) / STEP;
    }
}
