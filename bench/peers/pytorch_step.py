"""PyTorch's training step, for comparison: pytorch_step.py NETWORK BATCH ROUNDS [eager|compile]; prints images/s, the median."""

import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def norm_conv(channels, filters, kernel, stride=1):
    return nn.Sequential(
        nn.Conv2d(channels, filters, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(filters)
    )


class Residual(nn.Module):
    """Two 3×3 convolutions; a projection or, for CIFAR, shortcut A where the size changes."""

    def __init__(self, channels, filters, stride, projects):
        super().__init__()
        self.first = norm_conv(channels, filters, 3, stride)
        self.second = norm_conv(filters, filters, 3)
        changes = stride != 1 or channels != filters
        self.projection = norm_conv(channels, filters, 1, stride) if changes and projects else None
        self.stride, self.missing = stride, filters - channels

    def forward(self, x):
        y = self.second(F.relu(self.first(x), inplace=True))
        if self.projection is not None:
            x = self.projection(x)
        elif self.missing:
            half = self.missing // 2
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, half, self.missing - half))
        return F.relu(y + x, inplace=True)


def residual_network(stem, widths, blocks, classes, projects):
    layers, channels = stem, widths[0]
    for stage, width in enumerate(widths):
        for block in range(blocks):
            layers.append(Residual(channels, width, 2 if stage and not block else 1, projects))
            channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes))


NETWORKS = {
    "resnet20": lambda: residual_network([norm_conv(3, 16, 3), nn.ReLU(True)], (16, 32, 64), 3, 10, False),
    "resnet18": lambda: residual_network(
        [norm_conv(3, 64, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)], (64, 128, 256, 512), 2, 1000, True
    ),
}


def main(name, batch, rounds, mode="eager"):
    side = 32 if name == "resnet20" else 224
    model = NETWORKS[name]().to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9, weight_decay=1e-4)
    pictures = torch.randn(batch, 3, side, side).to(memory_format=torch.channels_last)
    labels = torch.arange(batch) % 10
    run = torch.compile(model) if mode == "compile" else model

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(run(pictures), labels).backward()
        optimizer.step()

    seconds = []
    for turn in range(rounds + 3):
        start = time.perf_counter()
        step()
        if turn >= 3:
            seconds.append(time.perf_counter() - start)
    print(f"{batch / statistics.median(seconds):.1f} images/s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:5])
