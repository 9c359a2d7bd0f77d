"""A turn of `striate bench` for PyTorch: reads the network and its weights from our model file, times it, and prints one
line of JSON. Arguments: ENGINE TRAINING MODEL BATCH THREADS SECONDS START_MILLIS, as dev.striate.bench.table.WorkItem has them.

The network becomes an fx.GraphModule, whose `forward` is plain Python as one would write it by hand."""

import json
import mmap
import operator
import statistics
import sys
import time

import torch
from torch import fx, nn
from torch.nn import functional as F


def read(path):
    """The nodes, the indices of a detector's outputs or of the main one, and the tensors of a model file (safetensors)."""
    with open(path, "rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    network = json.loads(header.pop("__metadata__")["striate.network"])
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(last - first) // 4, offset=start + first)
        tensors[name] = values.reshape(entry["shape"])
    outputs = list(network["outputs"].values())
    return network["nodes"], outputs if detects(network["nodes"], outputs) else outputs[:1], tensors


def detects(nodes, outputs):
    return all("Detection" in nodes[index]["op"] for index in outputs)


def pair(size):
    return size["height"], size["width"]


def window(op):
    sizes = op["window"]
    return dict(kernel_size=pair(sizes["kernel"]), stride=pair(sizes["stride"]), padding=pair(sizes["padding"]))


def layer(kind, op, weight):
    """The module of an operation, or None for one that is a function."""
    match kind:
        case "Conv":
            dilation, groups = pair(op["window"]["dilation"]), op["groups"]
            channels = weight.shape[1] * groups
            return nn.Conv2d(channels, op["filters"], **window(op), dilation=dilation, groups=groups, bias=op["bias"])
        case "Linear":
            return nn.Linear(weight.shape[1], op["features"], bias=op["bias"])
        case "BatchNorm":
            return nn.BatchNorm2d(weight.shape[0], eps=op["epsilon"], momentum=op["momentum"])
        case "Relu":
            return nn.ReLU(inplace=True)
        case "LeakyRelu":
            return nn.LeakyReLU(op["slope"], inplace=True)
        case "Softmax":
            return nn.Softmax(1)
        case "Dropout":
            return nn.Dropout(op["rate"])
        case "MaxPool":
            return nn.MaxPool2d(**window(op), ceil_mode=op["ceil"])
        case "AvgPool":
            return nn.AvgPool2d(**window(op), ceil_mode=op["ceil"], count_include_pad=op["countPadding"])
        case "AdaptiveAvgPool":
            return nn.AdaptiveAvgPool2d(pair(op["output"]))
        case "Flatten":
            return nn.Flatten()
        case "Upsample" if op["interpolation"] == "NEAREST":
            return nn.Upsample(scale_factor=op["factor"], mode="nearest")
        case "Pad":
            return nn.ConstantPad2d((op["left"], op["right"], op["top"], op["bottom"]), float(op["value"]))


def build(nodes, outputs, tensors):
    root, graph, values, readers = nn.Module(), fx.Graph(), [], [0] * len(nodes)
    for node in nodes:
        for read in node["inputs"]:
            readers[read] += 1
    for index, node in enumerate(nodes):
        (kind, op), name = next(iter(node["op"].items())), node["name"].replace(".", "_")
        inputs = [values[i] for i in node["inputs"]]
        module = layer(kind, op, tensors.get(node["name"] + ".weight"))
        if module is not None:
            if kind in ("Relu", "LeakyRelu"):
                module.inplace = readers[node["inputs"][0]] == 1
            own = {key: tensors[f"{node['name']}.{key}"] for key in module.state_dict() if key != "num_batches_tracked"}
            module.load_state_dict(own, strict=False)
            root.add_module(name, module)
            values.append(graph.call_module(name, (inputs[0],)))
        elif kind == "Input":
            values.append(graph.placeholder("pixels"))
        elif kind == "Detection":
            values.append(inputs[0])
        elif kind == "Concat":
            values.append(graph.call_function(torch.cat, (inputs, 1)))
        elif kind == "Add":
            total = inputs[0]
            for other in inputs[1:]:
                total = graph.call_function(operator.add, (total, other))
            values.append(total)
        else:
            sys.exit(f"Node '{node['name']}' is a {kind}, which is not built with PyTorch here.")
    graph.output(tuple(values[index] for index in outputs))
    return fx.GraphModule(root, graph)


def pictures(path, batch, nodes):
    shape = nodes[0]["op"]["Input"]["shape"]
    h, w, c = shape["height"], shape["width"], shape["channels"]
    return torch.from_file(path, size=batch * h * w * c).reshape(batch, h, w, c).permute(0, 3, 1, 2)  # channels last


def step_of(model, run, pixels, detector, bf16):
    """A detector learns the squares of its outputs, which cost less than any loss of boxes."""
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9, weight_decay=1e-4)
    labels = torch.arange(len(pixels)) % 10

    def loss(outputs):
        if detector:
            return sum(output.square().mean() for output in outputs)
        return F.cross_entropy(outputs[0], labels)

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            total = loss(run(pixels))
        total.backward()
        optimizer.step()

    return step


def inference_of(run, pixels):
    def infer():
        with torch.inference_mode():
            return run(pixels)[0]

    return infer


def timed(run, seconds):
    """As dev.striate.bench.table.Timing: warms up, then at least five runs, or three of slow ones."""
    start, warm = time.perf_counter(), 0
    while warm < 2 or time.perf_counter() - start < seconds / 2:
        run()
        warm += 1
    start, times = time.perf_counter(), []
    while True:
        passed = time.perf_counter() - start
        if len(times) >= 5 and passed >= seconds or len(times) >= 3 and passed >= 3 * seconds:
            return times
        before = time.perf_counter()
        run()
        times.append(time.perf_counter() - before)


def peak_bytes():
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main(engine, training, path, batch, threads, seconds, start_millis):
    torch.set_num_threads(int(threads))
    nodes, outputs, tensors = read(path)
    detector = detects(nodes, outputs)
    if detector and training != "true":
        sys.exit("The boxes of detectors are not found with PyTorch here, which only trains them.")
    model = build(nodes, outputs, tensors).to(memory_format=torch.channels_last)
    pixels = pictures(path.removesuffix(".safetensors") + f"-{batch}.pixels", int(batch), nodes)
    training = training == "true"
    bf16 = engine.endswith("bf16")
    if bf16 and not training:
        model, pixels = model.to(torch.bfloat16), pixels.to(torch.bfloat16)
    model.train(training)
    compiled = torch.compile(model) if "compiled" in engine else model
    run = step_of(model, compiled, pixels, detector, bf16) if training else inference_of(compiled, pixels)
    result = run()
    first = time.time() - int(start_millis) / 1000
    times = timed(run, float(seconds))
    median = statistics.median(times)
    quartiles = statistics.quantiles(times, n=4, method="inclusive")
    print(json.dumps(dict(
        picturesPerSecond=int(batch) / median, spread=(quartiles[2] - quartiles[0]) / 2 / median, runs=len(times),
        peakBytes=peak_bytes(), firstResultSeconds=first, version=torch.__version__,
        outputs=[] if training else result.float().flatten()[:8].tolist(),
    )))


if __name__ == "__main__":
    main(*sys.argv[1:])
