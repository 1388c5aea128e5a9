"""Averages two checkpoints of one run: python blend.py LATE.pt EARLY.pt SHARE_OF_EARLY OUT.pt

The last pass finds more, an earlier one draws contents less long; between the two lie weights that do both (figures in docs/measurements.md).
"""
import sys

import torch


def blend(late, early, share):
    return {k: v * (1 - share) + early[k] * share if v.is_floating_point() else v for k, v in late.items()}


if __name__ == '__main__':
    late, early, share, out = sys.argv[1:]
    torch.save(blend(torch.load(late), torch.load(early), float(share)), out)
