"""The mean of checkpoints that began alike: python blend.py CHECKPOINT… OUT.pt"""
import sys

import torch


def blend(states):
    return {k: sum(s[k] for s in states) / len(states) if v.is_floating_point() else v for k, v in states[0].items()}


if __name__ == '__main__':
    *paths, out = sys.argv[1:]
    torch.save(blend([torch.load(path, map_location='cpu') for path in paths]), out)
