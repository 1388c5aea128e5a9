"""The mean of checkpoints that began alike: python blend.py CHECKPOINT[:SHARE[,PART=SHARE…]]… OUT.pt

Each has the same share where none is given, and a part of the model (encoder, arguments, parties, cues, triggers, named, nominal, flat) that of its checkpoint where it has none of its own.
"""
import sys

import torch


def shares(text):
    """"0.5,parties=0.75" → the share, and those of parts."""
    first, *parts = text.split(',')
    return float(first or 1), {part: float(share) for part, _, share in (one.partition('=') for one in parts)}


def blend(states, given):
    def mean(name, values):
        own = [parts.get(name.partition('.')[0], whole) for whole, parts in given]
        return sum(value * share for value, share in zip(values, own)) / sum(own)
    return {k: mean(k, [s[k] for s in states]) if v.is_floating_point() else v for k, v in states[0].items()}


if __name__ == '__main__':
    *parts, out = sys.argv[1:]
    paths, given = zip(*((path, shares(text)) for path, _, text in (part.partition(':') for part in parts)))
    torch.save(blend([torch.load(path, map_location='cpu') for path in paths], given), out)
