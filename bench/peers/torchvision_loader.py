"""torchvision's loader with Pillow in one process, for comparison: torchvision_loader.py FOLDER BATCHES; prints images/s."""

import sys
import time

import torch

try:
    import torchvision  # noqa: F401
except RuntimeError:
    # Without its compiled operators, which no transform needs, torchvision stops at the first of their declarations.
    operators = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        operators.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    for module in [module for module in sys.modules if module.startswith("torchvision")]:
        del sys.modules[module]

from torchvision import datasets, transforms


def main(folder, batches):
    torch.set_num_threads(1)
    augment = transforms.Compose(
        [
            transforms.RandomResizedCrop(224),
            transforms.RandomHorizontalFlip(),
            transforms.ColorJitter(0.4, 0.4, 0.4),
            transforms.ToTensor(),
            transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        ]
    )
    pictures = datasets.ImageFolder(folder, augment)
    loader = torch.utils.data.DataLoader(pictures, batch_size=32, shuffle=True, drop_last=True)

    def endless():
        while True:
            yield from loader

    source = endless()
    for _ in range(3):
        next(source)
    start = time.perf_counter()
    for _ in range(batches):
        next(source)
    print(f"{batches * 32 / (time.perf_counter() - start):.1f} images/s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
