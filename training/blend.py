"""The mean of checkpoints that began alike: python blend.py CHECKPOINT[:SHARE]… OUT.pt, each with the same share where none is given."""
import sys

import torch


def blend(states, shares):
    total = sum(shares)
    return {k: sum(s[k] * share for s, share in zip(states, shares)) / total if v.is_floating_point() else v for k, v in states[0].items()}


if __name__ == '__main__':
    *parts, out = sys.argv[1:]
    paths, shares = zip(*((path, float(share or 1)) for path, _, share in (part.partition(':') for part in parts)))
    torch.save(blend([torch.load(path, map_location='cpu') for path in paths], shares), out)
