package dev.striate.bench.table;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.striate.weights.ModelFile;
import java.util.List;

/// The Deep Java Library on its PyTorch engine.
final class DjlRunner implements Runner {
    static final String ENGINE = "PyTorch";

    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final NDList pixels;

    DjlRunner(WorkItem task) {
        var file = ModelFile.read(task.model());
        model = open(file, task.batch());
        predictor = model.newPredictor(new NoopTranslator(null));
        pixels = new NDList(model.getNDManager().create(
                Pixels.channelsFirst(Pixels.read(task.pixels()), file.network().input(), task.batch()),
                shape(file, task.batch())));
    }

    static Shape shape(ModelFile file, int batch) {
        var input = file.network().input();
        return new Shape(batch, input.channels(), input.height(), input.width());
    }

    /// A model of DJL's with our weights.
    static Model open(ModelFile file, int batch) {
        var block = new DjlNetwork(file.network());
        var model = Model.newInstance(file.network().name(), ENGINE);
        block.initialize(model.getNDManager(), DataType.FLOAT32, shape(file, batch));
        block.load(file.tensors());
        model.setBlock(block);
        return model;
    }

    static String engineVersion() {
        return Engine.getDjlVersion() + ", PyTorch " + Engine.getEngine(ENGINE).getVersion();
    }

    @Override
    public List<float[]> run() {
        try (var result = predictor.predict(pixels)) {
            return List.of(result.singletonOrThrow().toFloatArray());
        } catch (TranslateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String version() {
        return engineVersion();
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
