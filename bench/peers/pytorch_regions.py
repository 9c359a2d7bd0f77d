"""Faster R-CNN on a ResNet in PyTorch and torchvision, for comparison.

pytorch_regions.py MODEL PIXELS ROUNDS SCORE [eager|compile]: reads a model file of this project and one picture as it is
prepared (height × width × 3 float32), and prints pictures/s, the median, then a line for each object: its class, counted
from 0, its score and its box.
"""

import json
import math
import statistics
import struct
import sys
import time

import numpy
import torch
import torchvision
from torchvision.ops import batched_nms, nms, roi_pool

STRIDE = 16
CANDIDATES, OVERLAP, COUNT = 6000, 0.7, 300
REPEATS, MOST = 0.45, 100


def read(path):
    """The tensors of a safetensors file, and what is said of the network."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = file.read()
    said = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = numpy.frombuffer(body[start:end], dtype=numpy.float32).copy()
        tensors[name] = torch.from_numpy(values).reshape(entry["shape"])
    return tensors, json.loads(said["striate.network"])


class Halves:
    def __init__(self, tensors, depth):
        resnet = getattr(torchvision.models, depth)(weights=None)
        missing = resnet.load_state_dict({k: v for k, v in tensors.items() if k in resnet.state_dict()}, strict=False)
        unknown = [name for name in missing.missing_keys if "num_batches_tracked" not in name and "fc." not in name]
        assert not unknown, unknown
        self.features = torch.nn.Sequential(
            resnet.conv1, resnet.bn1, resnet.relu, resnet.maxpool, resnet.layer1, resnet.layer2, resnet.layer3
        )
        self.head = torch.nn.Sequential(resnet.layer4, resnet.avgpool, torch.nn.Flatten())
        self.rpn = layer(tensors, "rpn_conv", torch.nn.Conv2d, padding=1)
        self.rpn_scores = layer(tensors, "rpn_cls_score", torch.nn.Conv2d)
        self.rpn_offsets = layer(tensors, "rpn_bbox_pred", torch.nn.Conv2d)
        self.scores = layer(tensors, "cls_score", torch.nn.Linear)
        self.offsets = layer(tensors, "bbox_pred", torch.nn.Linear)
        for part in (self.features, self.head, self.rpn, self.rpn_scores, self.rpn_offsets):
            part.eval().to(memory_format=torch.channels_last)

    def compiled(self):
        self.features, self.head = torch.compile(self.features), torch.compile(self.head)
        return self


def layer(tensors, name, kind, **options):
    weight = tensors[name + ".weight"]
    made = kind(weight.shape[1], weight.shape[0], *weight.shape[2:3], **options)
    made.load_state_dict({"weight": weight, "bias": tensors[name + ".bias"]})
    return made.eval()


def anchors(height, width, scales, ratios):
    """Cells row by row, of each its shapes: torchvision's order of a map whose channels come last."""
    shapes = torch.tensor([(s / math.sqrt(r), s * math.sqrt(r)) for r in ratios for s in scales])
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    centres = (torch.stack((x, y), -1).reshape(-1, 1, 2) + 0.5) * STRIDE
    return torch.cat((centres - shapes / 2, centres + shapes / 2), -1).reshape(-1, 4)


def decode(boxes, offsets, side):
    sizes = boxes[:, 2:] - boxes[:, :2]
    centres = boxes[:, :2] + sizes / 2 + offsets[:, :2] * sizes
    sizes = sizes * offsets[:, 2:].clamp(max=math.log(1000 / 16)).exp()
    return torch.cat((centres - sizes / 2, centres + sizes / 2), -1).clamp(0, side)


def detect(net, picture, starts, smallest, score):
    features = net.features(picture)
    hidden = net.rpn(features).relu()
    logits = net.rpn_scores(hidden).permute(0, 2, 3, 1).reshape(-1)
    offsets = net.rpn_offsets(hidden).permute(0, 2, 3, 1).reshape(-1, 4)
    boxes = decode(starts, offsets, picture.shape[-1])
    large = ((boxes[:, 2:] - boxes[:, :2]) >= smallest).all(-1).nonzero().squeeze(1)
    best = large[logits[large].topk(min(CANDIDATES, len(large))).indices]
    kept = best[nms(boxes[best], logits[best], OVERLAP)[:COUNT]]
    regions = boxes[kept]
    top = net.head(roi_pool(features, [regions], 14, 1 / STRIDE).to(memory_format=torch.channels_last))
    shares = net.scores(top).softmax(1)[:, 1:]
    row, label = (shares > score).nonzero(as_tuple=True)
    moves = net.offsets(top).reshape(len(regions), -1, 4)[row, label] * torch.tensor((0.1, 0.1, 0.2, 0.2))
    found = decode(regions[row], moves, picture.shape[-1])
    order = batched_nms(found, shares[row, label], label, REPEATS)[:MOST]
    return label[order], shares[row, label][order], found[order]


def main(model, pixels, rounds, score, mode="eager"):
    tensors, network = read(model)
    cut = next(node["op"]["RegionPooling"] for node in network["nodes"] if node["name"] == "regions")
    depth = network["name"].removeprefix("faster_rcnn_")
    net = Halves(tensors, depth)
    if mode == "compile":
        net = net.compiled()
    values = torch.from_numpy(numpy.fromfile(pixels, dtype=numpy.float32))
    side = math.isqrt(len(values) // 3)
    picture = values.reshape(1, side, side, 3).permute(0, 3, 1, 2)
    cells = math.ceil(side / STRIDE)
    starts = anchors(cells, cells, cut["scales"], cut["ratios"])
    smallest = min(cut["scales"]) / 4
    with torch.inference_mode():
        for _ in range(2):
            found = detect(net, picture, starts, smallest, score)
        seconds = []
        for _ in range(rounds):
            start = time.perf_counter()
            found = detect(net, picture, starts, smallest, score)
            seconds.append(time.perf_counter() - start)
    print(f"{1 / statistics.median(seconds):.4f} pictures/s")
    for label, share, box in zip(*found):
        print(int(label), float(share), *box.tolist())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:])
