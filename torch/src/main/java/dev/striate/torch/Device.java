package dev.striate.torch;

import dev.striate.StriateException;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.global.torch;

/// Where a model lives: the processor or a CUDA device.
public record Device(Kind kind, int index) {
    public static final Device CPU = new Device(Kind.CPU, 0);

    public enum Kind {
        CPU, CUDA
    }

    /// Reads `cpu`, `cuda`, `cuda:1`, or `auto`, which takes a CUDA device where there is one.
    public static Device of(String text) {
        if (text.equals("cpu") || text.equals("auto") && !builtForCuda()) return CPU;
        Libtorch.load();
        if (text.equals("auto")) return torch.cuda_is_available() ? new Device(Kind.CUDA, 0) : CPU;
        if (!text.matches("cuda(:\\d{1,3})?")) {
            throw new StriateException("A device is one of cpu, cuda, cuda:N, auto; received '" + text + "'.");
        }
        if (!torch.cuda_is_available()) {
            throw StriateException.machine("No CUDA device can be used here (build with -Pcuda, and check the driver);"
                    + " received '" + text + "'.");
        }
        return new Device(Kind.CUDA, text.equals("cuda") ? 0 : Integer.parseInt(text.substring(5)));
    }

    /// Whether libtorch's build for CUDA is on the class path; looking costs less than loading the library.
    private static boolean builtForCuda() {
        var platform = org.bytedeco.javacpp.Loader.getPlatform();
        var folder = "/org/bytedeco/pytorch/" + platform + "-gpu/";
        return torch.class.getResource(folder + "libtorch_cuda.so") != null
                || torch.class.getResource(folder + "torch_cuda.dll") != null;
    }

    org.bytedeco.pytorch.Device torch() {
        return kind == Kind.CPU ? new org.bytedeco.pytorch.Device(DeviceType.CPU)
                : new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) index);
    }

    TensorOptions options(ScalarType type) {
        return new TensorOptions(type).device(new org.bytedeco.pytorch.DeviceOptional(torch()));
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
