"""The shipped weights → a checkpoint to go on from: python take_back.py MODEL_FOLDER OUT.pt [HEADS.pt]

Eight bits are taken back to float. Heads that the model folder does not have (its training may be older) come from HEADS.pt, else begin anew.
"""
import pathlib, sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import NARROW, Reader


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

    def layers(self, prefix, count, heads, width):
        """The state of transformer layers, as model.Layer has it; the query carries the scale of the scores."""
        state, scale = {}, (width // heads) ** 0.5
        for i in range(count):
            q, k, v, out, up, down = (next(self.products) for _ in range(6))
            bias = [self.float(f'layers.{i}.{part}.bias') for part in 'qkv']
            state[f'{prefix}layers.{i}.qkv.weight'] = torch.cat([q * scale, k, v])
            state[f'{prefix}layers.{i}.qkv.bias'] = torch.cat([bias[0] * scale, *bias[1:]])
            for name, weight in (('out', out), ('up', up), ('down', down)):
                state[f'{prefix}layers.{i}.{name}.weight'] = weight
        return state


def taken_back(folder, model):
    reader, state = Graph(folder / 'reader.onnx'), {}
    state |= reader.layers('encoder.', 6, 12, 384)
    state |= {name: reader.float(name) for name in model.state_dict() if name.startswith('encoder.') and name not in state}
    heads, bias, at = next(reader.products), reader.float('heads.bias'), 0
    for name, size in head_columns(model):
        if at < len(bias):
            state |= {f'{name}.weight': heads[at:at + size], f'{name}.bias': bias[at:at + size]}
            at += size
    for name, moves in (('arguments', 'transitions'), ('parties', 'party_transitions')):
        if (folder / f'{name}.onnx').exists():
            state |= head_of(name, Graph(folder / f'{name}.onnx'), folder / f'{moves}.tsv', model)
    return state


def head_columns(model):
    """The columns of the reader's output, in order, and how wide each is."""
    return [('cues', 3), ('arguments.narrow', NARROW), ('arguments.cue', NARROW), ('named', model.named.out_features), ('nominal', model.nominal.out_features),
            ('triggers', model.triggers.out_features), ('parties.narrow', NARROW), ('parties.cue', NARROW)]


def head_of(name, graph, moves, model):
    state = graph.layers(f'{name}.', 2, 4, NARROW)
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
    folder, out, *heads = sys.argv[1:]
    model = Reader()
    if heads:
        model.load_state_dict(torch.load(heads[0], map_location='cpu'))
    state = taken_back(pathlib.Path(folder), model)
    missing = [key for key in model.state_dict() if key not in state]
    print('not in the folder:', ' '.join(sorted({key.split('.')[0] + '.' + key.split('.')[1] for key in missing})))
    torch.save(model.state_dict() | state, out)
