package dev.striate.vision.features;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.data.set.DataSet;
import java.nio.file.Path;
import java.util.List;

/// Picture files that nobody has sorted into classes: all are of one.
record PictureFiles(List<Path> files) implements DataSet {
    @Override
    public List<String> classes() {
        return List.of("picture");
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int label(int index) {
        return 0;
    }

    @Override
    public String name(int index) {
        return files.get(index).toString();
    }

    @Override
    public Picture picture(int index) {
        return Pictures.read(files.get(index));
    }
}
