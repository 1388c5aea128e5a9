"""Weights → integers of seven bits that give nearly the same products (Frantar et al. 2022, "GPTQ"): python export.py uses it.

Each column of a matrix is rounded in turn, and what that changes in the products of real inputs is made up for in the columns that are still to come.
Seven bits, since processors without VNNI add two products of eight bits in sixteen and cut off what does not fit: they would read otherwise than others.
"""
import random

import torch
import torch.nn as nn

import losses

# Each way: 255 × 64 × 2 fits into sixteen bits.
STEPS = 64
# Windows of each corpus that are looked at.
TEXTS = 400


@torch.no_grad()
def moments(model, texts):
    """For each linear layer, the mean of x xᵀ over its inputs while the model reads `texts`, by corpus, and learns nothing."""
    seen, hooks = {}, []

    def look(layer):
        def hook(_, inputs):
            x = inputs[0].reshape(-1, layer.in_features).double()
            total, count = seen.get(layer, (0.0, 0))
            seen[layer] = (total + x.T @ x, count + len(x))
        return layer.register_forward_pre_hook(hook)

    rng = random.Random(1)
    hooks = [look(part) for part in model.modules() if isinstance(part, nn.Linear)]
    for corpus in texts.values():
        chosen = sorted(rng.sample(list(corpus), min(TEXTS, len(corpus))), key=lambda e: len(e.ids))
        for at in range(0, len(chosen), 8):
            losses.hard(model, chosen[at:at + 8], rng, 'cpu')
    for hook in hooks:
        hook.remove()
    return {layer: total / count for layer, (total, count) in seen.items()}


def scales(weight):
    """A step for each row: that of its whole numbers where it has some already, so that what did not learn stays as it was; else with the outliers drawn in as far as
    makes the rounding error least."""
    most = weight.abs().amax(1, keepdim=True).clamp(min=1e-8)
    best, least = most / STEPS, torch.full_like(most, float('inf'))
    for share in torch.linspace(1.0, 0.6, 41):
        scale = share * most / STEPS
        error = ((weight / scale).round().clamp(-STEPS, STEPS) * scale - weight).square().sum(1, keepdim=True)
        best, least = torch.where(error < least, scale, best), torch.minimum(error, least)
    for steps in range(STEPS, 0, -1):
        whole = weight / (most / steps)
        best = torch.where((whole - whole.round()).abs().amax(1, keepdim=True) < 1e-3, most / steps, best)
    return best


@torch.no_grad()
def rounded(weight, moment, damping=0.01):
    """The integers of a matrix (out, in), and the step of each row."""
    work = weight.double().clone()
    scale = scales(work)
    moment = moment + damping * moment.diagonal().mean() * torch.eye(len(moment), dtype=torch.double)
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(moment)), upper=True)
    whole = torch.zeros_like(work)
    for at in range(work.shape[1]):
        whole[:, at] = (work[:, at] / scale[:, 0]).round().clamp(-STEPS, STEPS)
        error = (work[:, at] - whole[:, at] * scale[:, 0]) / inverse[at, at]
        work[:, at + 1:] -= error[:, None] * inverse[at, at + 1:]
    return whole.to(torch.int8), scale[:, 0].float()
