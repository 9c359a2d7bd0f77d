package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import dev.striate.data.picture.Pictures;
import dev.striate.target.Target;
import java.nio.file.Path;
import java.util.List;

/// Picture files of which nothing is known.
public record PictureFiles(List<Path> files) implements DataSet {
    public PictureFiles {
        files = List.copyOf(files);
    }

    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Target target(int index) {
        return new Target.None();
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
