"""The shipped weights → a checkpoint to go on from: python take_back.py MODEL_FOLDER OUT.pt

Whole numbers are taken back to float. What the folder does not have (the flat head is there for training alone) begins anew.
"""
import pathlib, sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import FORKED, NARROW, Reader

OF_EVENTS = 'encoder.of_events.'


class Graph:
    """The weights of one ONNX file, in float; those of matrix products in the order of the graph."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        products = [n.input[1].removesuffix('_quantized') for n in graph.node if n.op_type == 'MatMulInteger' and n.input[1] in self.arrays]
        self.products = iter([self.float(name).T for name in products])

    def float(self, name):
        if name in self.arrays:
            return torch.tensor(np.array(self.arrays[name], dtype=np.float32))
        whole, zero, scale = (self.arrays[f'{name}_{part}'].astype(np.float32) for part in ('quantized', 'zero_point', 'scale'))
        return torch.tensor((whole - zero) * scale)

    def layers(self, prefix, count, heads, width, inner='layers.', first=0):
        """The state of transformer layers, as model.Layer has it, numbered from `first`; the query carries the scale of the scores."""
        state, scale = {}, (width // heads) ** 0.5
        for i in range(count):
            q, k, v, out, up, down = (next(self.products) for _ in range(6))
            bias = [self.float(f'{inner}{i}.{part}.bias') for part in 'qkv']
            to = f'{prefix}{first + i}.'
            state[f'{to}qkv.weight'] = torch.cat([q * scale, k, v])
            state[f'{to}qkv.bias'] = torch.cat([bias[0] * scale, *bias[1:]])
            for name, weight in (('out', out), ('up', up), ('down', down)):
                state[f'{to}{name}.weight'] = weight
        return state


def taken_back(folder, model):
    reader, own, names = Graph(folder / 'reader.onnx'), Graph(folder / 'events.onnx'), list(model.state_dict())
    shared = len(model.encoder.layers) - FORKED
    state = reader.layers('encoder.layers.', shared, 12, 384) | reader.layers('encoder.layers.', FORKED, 12, 384, 'side.layers.', shared)
    state |= own.layers(OF_EVENTS, FORKED, 12, 384, 'side.layers.')
    for name in names:
        if name.startswith('encoder.') and name not in state:
            place, _, part = name.removeprefix(OF_EVENTS).partition('.')
            state[name] = own.float(f'side.layers.{place}.layer.{part}') if name.startswith(OF_EVENTS) else reader.float(name)
    for graph, heads in ((reader, ('cues', 'arguments.narrow', 'arguments.cue', 'named', 'nominal')), (own, ('triggers', 'parties.narrow', 'parties.cue'))):
        state |= linear(graph, heads, model)
    for name, moves in (('arguments', 'transitions'), ('parties', 'party_transitions')):
        state |= head_of(name, Graph(folder / f'{name}.onnx'), folder / f'{moves}.tsv', model)
    return state


def linear(graph, heads, model):
    """The linear heads of one side, whose scores stand side by side in this order."""
    state, weight, bias, at = {}, next(graph.products), graph.float('side.heads.bias'), 0
    for name in heads:
        size = len(model.state_dict()[f'{name}.bias'])
        state |= {f'{name}.weight': weight[at:at + size], f'{name}.bias': bias[at:at + size]}
        at += size
    return state


def head_of(name, graph, moves, model):
    state = graph.layers(f'{name}.layers.', 2, 4, NARROW)
    inner = next(key.split('.')[0] for key in graph.arrays if key.endswith('.norm.weight'))
    for key in model.state_dict():
        part = key.removeprefix(f'{name}.')
        if key.startswith(f'{name}.') and key not in state and (f'{inner}.{part}' in graph.arrays or f'{inner}.{part}_scale' in graph.arrays):
            state[key] = graph.float(f'{inner}.{part}')
    scores, bias = next(graph.products), graph.float('scores.bias')
    state |= {f'{name}.tags.weight': scores[:5], f'{name}.tags.bias': bias[:5], f'{name}.whole.weight': scores[5:], f'{name}.whole.bias': bias[5:]}
    rows = [line.split('\t')[1:] for line in moves.read_text().splitlines() if not line.startswith('#')][2:]
    learnt = torch.tensor([[float(x) for x in row] for row in rows])
    state[f'{name}.crf.moves'] = torch.where(learnt <= -9000, torch.zeros(5, 5), learnt)
    return state


if __name__ == '__main__':
    folder, out = sys.argv[1:]
    model = Reader()
    torch.save(model.state_dict() | taken_back(pathlib.Path(folder), model), out)
