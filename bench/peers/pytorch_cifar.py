"""ResNet-20 on CIFAR-10 by the recipe resnet-cifar-cycle in PyTorch: pytorch_cifar.py ZIP EPOCHS SEED [LIMIT].

ZIP holds train/CLASS/*.jpg and test/CLASS/*.jpg. The loop is the usual one: torchvision's transforms in a DataLoader's
worker processes, channels last. Prints a line for each epoch; images/s counts loading. LIMIT trains on the first pictures.
"""

import io
import sys
import time
import zipfile

import torch
from PIL import Image
from pytorch_step import NETWORKS
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

NORMALISE = transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616))
TEST = transforms.Compose([transforms.ToTensor(), NORMALISE])
TRAIN = transforms.Compose([transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip(), TEST])


class Pictures(Dataset):
    """One part of the zip, its files in memory, decoded when asked for, as a folder of files would be."""

    def __init__(self, archive, part, transform):
        with zipfile.ZipFile(archive) as files:
            names = sorted(name for name in files.namelist() if name.startswith(part) and name.endswith(".jpg"))
            self.files = [files.read(name) for name in names]
        classes = sorted({name.split("/")[1] for name in names})
        self.labels = [classes.index(name.split("/")[1]) for name in names]
        self.transform = transform

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        return self.transform(Image.open(io.BytesIO(self.files[index])).convert("RGB")), self.labels[index]


def start(module):
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.kaiming_normal_(module.weight, mode="fan_in", nonlinearity="relu")
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)


def accuracy(model, pictures):
    model.eval()
    right = 0
    with torch.inference_mode():
        for x, y in DataLoader(pictures, 500, num_workers=2):
            right += (model(x.to(memory_format=torch.channels_last)).argmax(1) == y).sum().item()
    model.train()
    return right / len(pictures)


def main(archive, epochs, seed, limit=None):
    torch.manual_seed(seed)
    train, test = Pictures(archive, "train/", TRAIN), Pictures(archive, "test/", TEST)
    if limit:
        train = torch.utils.data.Subset(train, torch.randperm(len(train))[:limit].tolist())
    model = NETWORKS["resnet20"]().apply(start).to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9, weight_decay=5e-4, nesterov=True)
    batches = DataLoader(train, 128, shuffle=True, num_workers=2, drop_last=True, persistent_workers=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.2, total_steps=epochs * len(batches), pct_start=0.3, div_factor=25, final_div_factor=1e4,
        cycle_momentum=False)
    for epoch in range(epochs):
        begin, total = time.perf_counter(), 0.0
        for x, y in batches:
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(model(x.to(memory_format=torch.channels_last)), y)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        rate = len(batches) * 128 / (time.perf_counter() - begin)
        print(f"epoch {epoch + 1} loss {total / len(batches):.4f} accuracy {accuracy(model, test):.4f} "
              f"{rate:.1f} images/s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *map(int, sys.argv[4:5]))
