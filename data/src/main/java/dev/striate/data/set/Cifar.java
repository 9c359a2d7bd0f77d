package dev.striate.data.set;

import dev.striate.data.picture.Picture;
import java.util.List;

/// CIFAR-10 or CIFAR-100 from its binary files, in their order.
record Cifar(List<String> classes, List<CifarFile> files, int[] starts) implements Classified {
    static Cifar of(List<String> classes, List<CifarFile> files) {
        var starts = new int[files.size() + 1];
        for (var i = 0; i < files.size(); i++) starts[i + 1] = starts[i] + files.get(i).count();
        return new Cifar(classes, files, starts);
    }

    @Override
    public int size() {
        return starts[files.size()];
    }

    @Override
    public int label(int index) {
        var file = fileOf(index);
        return files.get(file).label(index - starts[file]);
    }

    @Override
    public String name(int index) {
        var file = fileOf(index);
        return files.get(file).file() + "#" + (index - starts[file]);
    }

    @Override
    public Picture picture(int index) {
        var file = fileOf(index);
        return files.get(file).picture(index - starts[file]);
    }

    private int fileOf(int index) {
        var file = 0;
        while (index >= starts[file + 1]) file++;
        return file;
    }
}
