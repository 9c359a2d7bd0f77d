"""Reference numbers for optimisers and learning-rate schedules, from PyTorch in float64.

    python docs/reference/optimizers.py > torch/src/test/resources/reference/optimizers.json

Parameters: two groups, as in a layer: weight[i] = sin(i + 1) for i in 0..2, bias[i] = cos(i + 1) for i in 0..1.
Gradient of value i (weight 0, 1, 2, bias 3, 4) at step t, from 0: g = cos(0.7 t + i) + 0.3 w, w the value before the step.
The bias is exempt from weight decay where "exempt" says so. Recorded: all five values after each of 50 steps.
Schedules: the rate of steps 0 to 49 where the base rate is 1, the run 50 steps long.
"""
import json
import math

import torch
from torch.optim import SGD, Adam, AdamW, RMSprop
from torch.optim import lr_scheduler as lr

STEPS = 50


def start():
    weight = torch.tensor([math.sin(i + 1) for i in range(3)], dtype=torch.float64, requires_grad=True)
    bias = torch.tensor([math.cos(i + 1) for i in range(2)], dtype=torch.float64, requires_grad=True)
    return weight, bias


def gradient(values, first, step):
    phase = torch.tensor([math.cos(0.7 * step + first + i) for i in range(len(values))], dtype=torch.float64)
    return phase + 0.3 * values.detach()


def run(kind, exempt=False, **settings):
    weight, bias = start()
    decay = settings.pop("weight_decay", 0.0)
    groups = [{"params": [weight], "weight_decay": decay},
              {"params": [bias], "weight_decay": 0.0 if exempt else decay}]
    optimizer = kind(groups, foreach=False, **settings)
    path = []
    for step in range(STEPS):
        weight.grad, bias.grad = gradient(weight, 0, step), gradient(bias, 3, step)
        optimizer.step()
        path.append([*weight.tolist(), *bias.tolist()])
    return {"kind": kind.__name__, **settings, "weight_decay": decay, "exempt": exempt, "values": path}


def clipped(maximum):
    """SGD at rate 0.1 with the norm of all gradients together clipped."""
    weight, bias = start()
    optimizer = SGD([weight, bias], lr=0.1)
    path = []
    for step in range(STEPS):
        weight.grad, bias.grad = gradient(weight, 0, step), gradient(bias, 3, step)
        torch.nn.utils.clip_grad_norm_([weight, bias], maximum)
        optimizer.step()
        path.append([*weight.tolist(), *bias.tolist()])
    return {"kind": "SGD", "lr": 0.1, "max_norm": maximum, "values": path}


def optimizers():
    return {
        "sgd": run(SGD, lr=0.1),
        "sgd-momentum": run(SGD, lr=0.1, momentum=0.9),
        "sgd-nesterov": run(SGD, lr=0.1, momentum=0.9, nesterov=True),
        "sgd-dampening": run(SGD, lr=0.1, momentum=0.9, dampening=0.5),
        "sgd-decay": run(SGD, lr=0.1, weight_decay=0.05),
        "sgd-momentum-decay": run(SGD, lr=0.1, momentum=0.9, weight_decay=0.05),
        "sgd-nesterov-decay-exempt": run(SGD, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05, exempt=True),
        "sgd-clipped": clipped(1.0),
        "rmsprop": run(RMSprop, lr=0.01, alpha=0.9, eps=1e-8),
        "rmsprop-epsilon-one": run(RMSprop, lr=0.045, alpha=0.9, eps=1.0),
        "rmsprop-momentum": run(RMSprop, lr=0.01, alpha=0.9, eps=1e-8, momentum=0.9),
        "rmsprop-centred": run(RMSprop, lr=0.01, alpha=0.99, eps=1e-4, centered=True),
        "rmsprop-centred-momentum-decay": run(RMSprop, lr=0.01, alpha=0.99, eps=1e-4, momentum=0.9, centered=True,
                                              weight_decay=0.05),
        "adam": run(Adam, lr=0.01, betas=(0.9, 0.999), eps=1e-8),
        "adam-decay": run(Adam, lr=0.01, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.05),
        "adamw": run(AdamW, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05),
        "adamw-exempt": run(AdamW, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05, exempt=True),
    }


def rates(*make, metric=None, base=1.0):
    """The rates where one scheduler, or several multiplied, drive the same optimiser."""
    optimizer = SGD([torch.zeros(1, requires_grad=True)], lr=base)
    schedulers = [scheduler(optimizer) for scheduler in make]
    path = []
    for step in range(STEPS):
        path.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        for scheduler in schedulers:
            scheduler.step() if metric is None else scheduler.step(metric(step))
    return path


def metric(step):
    """Falls, then wavers about a level: a validation loss that stops improving."""
    return 1.0 / (1 + step) + 0.02 * math.cos(2.3 * step)


def warm_up(optimizer):
    return lr.LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=8)


def schedules():
    return {
        "step": rates(lambda o: lr.StepLR(o, 7, gamma=0.3)),
        "multi-step": rates(lambda o: lr.MultiStepLR(o, [10, 25, 40], gamma=0.1)),
        "exponential": rates(lambda o: lr.ExponentialLR(o, 0.96)),
        "polynomial": rates(lambda o: lr.PolynomialLR(o, STEPS, power=4.0)),
        "cosine": rates(lambda o: lr.CosineAnnealingLR(o, STEPS, eta_min=0.05)),
        "one-cycle": rates(lambda o: lr.OneCycleLR(o, 1.0, total_steps=STEPS, pct_start=0.3, div_factor=25,
                                                   final_div_factor=1e4, cycle_momentum=False)),
        "one-cycle-late": rates(lambda o: lr.OneCycleLR(o, 1.0, total_steps=STEPS, pct_start=0.55, div_factor=10,
                                                        final_div_factor=100, cycle_momentum=False)),
        "plateau-lower": rates(lambda o: lr.ReduceLROnPlateau(o, "min", 0.1, patience=3, threshold=0.01),
                               metric=metric),
        "plateau-higher": rates(lambda o: lr.ReduceLROnPlateau(o, "max", 0.5, patience=2, threshold=0.001),
                                metric=lambda step: 1 - metric(step)),
        "plateau-impatient": rates(lambda o: lr.ReduceLROnPlateau(o, "min", 0.9, patience=0, threshold=0.0),
                                   metric=metric),
        "linear-warm-up": rates(warm_up),
        "warm-up-step": rates(warm_up, lambda o: lr.StepLR(o, 7, gamma=0.3)),
        "warm-up-exponential": rates(warm_up, lambda o: lr.ExponentialLR(o, 0.96)),
    }


def lines(section):
    return ",\n".join(f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in section.items())


if __name__ == "__main__":
    print("{")
    print(f' "torch": {json.dumps(torch.__version__)},')
    print(f' "optimizers": {{\n{lines(optimizers())}\n }},')
    print(f' "schedules": {{\n{lines(schedules())}\n }}')
    print("}")
