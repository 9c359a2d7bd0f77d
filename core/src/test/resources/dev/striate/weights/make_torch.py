# Makes torch-legacy.pt and torch-zip.pt beside itself with PyTorch 2.13: a transposed view, a part of a shared
# storage, half precision, a batch norm's counter, and what trainers keep besides tensors.
import collections
import pathlib

import torch

base = torch.arange(6.0).reshape(2, 3)
tensors = collections.OrderedDict()
tensors["module.transposed"] = base.t()
tensors["module.part"] = base[1, 1:]
tensors["module.half"] = torch.tensor([1.5, -2.0], dtype=torch.float16)
tensors["module.bn.num_batches_tracked"] = torch.tensor(7)
checkpoint = {"epoch": 3, "best": 0.5, "state_dict": tensors, "size": torch.Size([2, 3])}
for name, zipped in ("legacy", False), ("zip", True):
    torch.save(checkpoint, pathlib.Path(__file__).with_name(f"torch-{name}.pt"), _use_new_zipfile_serialization=zipped)
