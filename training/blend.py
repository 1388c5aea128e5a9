"""The mean of checkpoints that began alike: python blend.py CHECKPOINT[:SHARE[,PART=SHARE…]]… OUT.pt

Each has the same share where none is given, and a part of the model (encoder, encoder.of_events, arguments, parties, cues, triggers, named, nominal, flat) that of the part that
it lies in, or of its checkpoint, where it has none of its own.
"""
import sys

import torch


def shares(text):
    """"0.5,parties=0.75" → the share, and those of parts."""
    first, *parts = text.split(',')
    return float(first or 1), {part: float(share) for part, _, share in (one.partition('=') for one in parts)}


def share_of(name, whole, parts):
    """The share of the smallest part that `name` lies in."""
    around = [part for part in parts if name.startswith(part + '.')]
    return parts[max(around, key=len)] if around else whole


def blend(states, given):
    def mean(name, values):
        own = [share_of(name, whole, parts) for whole, parts in given]
        return sum(value * share for value, share in zip(values, own)) / sum(own)
    return {k: mean(k, [s[k] for s in states]) if v.is_floating_point() else v for k, v in states[0].items()}


if __name__ == '__main__':
    *parts, out = sys.argv[1:]
    paths, given = zip(*((path, shares(text)) for path, _, text in (part.partition(':') for part in parts)))
    torch.save(blend([torch.load(path, map_location='cpu') for path in paths], given), out)
