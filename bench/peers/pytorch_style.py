"""An iteration of neural style transfer in PyTorch, for comparison.

pytorch_style.py SIDE ROUNDS [eager|compile]: VGG-19 with random weights, content at conv4_2, style at conv1_1 to conv5_1,
a square picture, Adam; prints iterations/s, the median, and the process's largest memory in MiB.
"""

import resource
import statistics
import sys
import time

import torch
from torch import nn

BLOCKS = (2, 2, 4, 4, 1)
WIDTHS = (64, 128, 256, 512, 512)
CONTENT = (4, 2)


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList()
        channels = 3
        for count, width in zip(BLOCKS, WIDTHS):
            stage = nn.ModuleList()
            for _ in range(count):
                stage.append(nn.Conv2d(channels, width, 3, padding=1))
                channels = width
            self.stages.append(stage)

    def forward(self, x):
        styles, content = [], None
        for number, stage in enumerate(self.stages, 1):
            if number > 1:
                x = nn.functional.max_pool2d(x, 2)
            for place, conv in enumerate(stage, 1):
                x = nn.functional.relu(conv(x))
                if place == 1:
                    styles.append(x)
                if (number, place) == CONTENT:
                    content = x
        return styles, content


def gram(x):
    _, channels, height, width = x.shape
    there = x.permute(0, 2, 3, 1).reshape(-1, channels)
    return there.t() @ there / (height * width)


def main(side, rounds, mode="eager"):
    torch.manual_seed(0)
    net = Features().eval().requires_grad_(False).to(memory_format=torch.channels_last)
    content, style, picture = (torch.randn(1, 3, side, side).to(memory_format=torch.channels_last) for _ in range(3))
    with torch.no_grad():
        wanted = net(content)[1]
        grams = [gram(x) for x in net(style)[0]]
    picture.requires_grad_(True)
    optimizer = torch.optim.Adam([picture], lr=0.05)

    def loss(x):
        styles, seen = net(x)
        total = 0.5 * (seen - wanted).square().sum()
        for one, expected in zip(styles, grams):
            total = total + 200 * (gram(one) - expected).square().sum() / (4 * one.shape[1] ** 2)
        return total

    step = torch.compile(loss) if mode == "compile" else loss
    seconds = []
    for turn in range(rounds + 2):
        start = time.perf_counter()
        optimizer.zero_grad()
        step(picture).backward()
        optimizer.step()
        if turn >= 2:
            seconds.append(time.perf_counter() - start)
    print(f"{1 / statistics.median(seconds):.4f} iterations/s")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
