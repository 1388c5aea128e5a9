"""Checkpoint → the int8 ONNX files, the vocabulary and the numbers that the program carries: python export.py CHECKPOINT.pt OUT_FOLDER

- reader.onnx: ids, features (1, N) → pieces (1, N, 345): 3 cue scores, 160 for the piece, 160 for it as part of a cue, 15 of names, 7 of noun phrases;
  and shared (1, N, 384), what the layers below give.
- events.onnx: shared → pieces (1, N, 353): 33 scores of event triggers, 160 for the piece and 160 for it as part of a trigger.
- arguments.onnx: pieces (K, M, 160) with the cue's mean added, buckets (K, M) → scores (K, M, 6): 5 tags, validity.
- parties.onnx: the same around a trigger → scores (K, M, 135): 5 tags, then what the event is, in the order of events.PARTS.
- vocabulary.txt: one word piece a line, its id the line number from 0.
- transitions.tsv, party_transitions.tsv: CRF transitions and start scores; event_labels.tsv: what each score of parties.onnx stands for.
Windows are run one by one, so there is no padding and no mask. Weights of matrix products become integers of seven bits (rounding.py),
those of the word table of eight; activations are quantised as they come.
"""
import argparse, hashlib, pathlib, shutil

import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

import events, reading, rounding, windows
from model import FORKED, NARROW, Reader


class Unmasked(nn.Module):
    """A transformer layer without a mask, in operations that ONNX runtimes know how to fuse; the query carries the scale."""

    def __init__(self, layer):
        super().__init__()
        self.layer, w = layer, layer.out.in_features
        self.size = w // layer.heads
        for i, name in enumerate('qkv'):
            part = nn.Linear(w, w)
            scale = self.size ** -0.5 if name == 'q' else 1.0
            part.weight.data.copy_(layer.qkv.weight[i * w:(i + 1) * w] * scale)
            part.bias.data.copy_(layer.qkv.bias[i * w:(i + 1) * w] * scale)
            setattr(self, name, part)

    def products(self, moments):
        """The matrices of its products in the order in which they are run, each with the moment of its inputs."""
        layer = self.layer
        yield from ((part.weight, moments[layer.qkv]) for part in (self.q, self.k, self.v))
        yield from ((part.weight, moments[part]) for part in (layer.out, layer.up, layer.down))

    def forward(self, x):
        b, n, w = x.shape
        q, k, v = (part(x).view(b, n, self.layer.heads, self.size).transpose(1, 2) for part in (self.q, self.k, self.v))
        y = torch.matmul(torch.matmul(q, k.transpose(-1, -2)).softmax(-1), v).transpose(1, 2).reshape(b, n, w)
        x = self.layer.norm1(x + self.layer.out(y))
        return self.layer.norm2(x + self.layer.down(nn.functional.gelu(self.layer.up(x))))


class Side(nn.Module):
    """The highest layers and the linear heads above them: of events, or of all else."""

    def __init__(self, layers, heads):
        super().__init__()
        self.layers, self.first = nn.ModuleList(map(Unmasked, layers)), heads[0]
        self.heads = nn.Linear(heads[0].in_features, sum(head.out_features for head in heads))
        with torch.no_grad():
            self.heads.weight.copy_(torch.cat([head.weight for head in heads]))
            self.heads.bias.copy_(torch.cat([head.bias for head in heads]))

    def products(self, moments):
        for layer in self.layers:
            yield from layer.products(moments)
        yield self.heads.weight, moments[self.first]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.heads(x)


class ReaderGraph(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = model.encoder
        self.layers = nn.ModuleList(map(Unmasked, model.encoder.layers[:-FORKED]))
        self.side = Side(model.encoder.layers[-FORKED:], (model.cues, model.arguments.narrow, model.arguments.cue, model.named, model.nominal))

    def products(self, moments):
        for layer in self.layers:
            yield from layer.products(moments)
        yield from self.side.products(moments)

    def forward(self, ids, features):
        e = self.encoder
        positions = e.positions.weight[:ids.shape[1]]
        x = e.norm(e.words(ids) + positions + e.features(features))
        for layer in self.layers:
            x = layer(x)
        return x, self.side(x)


class EventsGraph(nn.Module):
    """A file of its own, so that one side is done before the other begins: a runtime that mixes them needs twice the memory, and waits for it."""

    def __init__(self, model):
        super().__init__()
        self.side = Side(model.encoder.of_events, (model.triggers, model.parties.narrow, model.parties.cue))
        self.products = self.side.products

    def forward(self, x):
        return self.side(x)


class ArgumentsGraph(nn.Module):
    def __init__(self, head):
        super().__init__()
        self.head = head
        self.layers = nn.ModuleList(map(Unmasked, head.layers))
        self.scores = nn.Linear(NARROW, 5 + head.whole.out_features)
        with torch.no_grad():
            self.scores.weight.copy_(torch.cat([head.tags.weight, head.whole.weight]))
            self.scores.bias.copy_(torch.cat([head.tags.bias, head.whole.bias]))

    def products(self, moments):
        for layer in self.layers:
            yield from layer.products(moments)
        yield self.scores.weight, moments[self.head.tags]

    def forward(self, pieces, buckets):
        x = self.head.norm(pieces + self.head.distances(buckets))
        for layer in self.layers:
            x = layer(x)
        return self.scores(x)


def write(module, inputs, names, outputs, axes, path, moments):
    full = path.with_suffix('.f32.onnx')
    torch.onnx.export(module.eval(), inputs, str(full), input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False)
    quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=['MatMul', 'Gather'],
                     extra_options={'MatMulConstBOnly': True})
    replace(path, [rounding.rounded(weight, moment) for weight, moment in module.products(moments)])


def replace(path, products):
    """Puts integers and steps in place of those of the matrix products of a file, in the order of the graph."""
    model = onnx.load(str(path))
    arrays = {i.name: i for i in model.graph.initializer}
    names = [node.input[1] for node in model.graph.node if node.op_type == 'MatMulInteger' and node.input[1] in arrays]
    for name, (whole, scale) in zip(names, products, strict=True):
        step = name.removesuffix('_quantized') + '_scale'
        assert numpy_helper.to_array(arrays[name]).shape == whole.T.shape and numpy_helper.to_array(arrays[step]).shape == scale.shape, name
        arrays[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(whole.T.numpy()), name))
        arrays[step].CopyFrom(numpy_helper.from_array(scale.numpy(), step))
    onnx.save(model, str(path))


def transitions(crf, tags, names):
    """The moves of a CRF as a table."""
    moves, start = crf.transitions().tolist(), crf.start.tolist()
    lines = [f'# Scores of moving from one tag (row) to the next (column), learnt with the {names} head; -10000 bars a move.',
             '\t'.join(['from', *tags]), '\t'.join(['start', *(f'{x:.6f}' for x in start)])]
    lines += ['\t'.join([name, *(f'{max(x, -10000):.6f}' for x in row)]) for name, row in zip(tags, moves)]
    return '\n'.join(lines) + '\n'


def labels():
    """What each score of a trigger as a whole stands for."""
    names = [('valid', '-', '-')] + [('kind', kind, mode) for kind, mode in events.KINDS]
    for part, values in (('tense', events.TENSES), ('certainty', events.CERTAINTIES), ('polarity', events.POLARITIES), ('context', events.CONTEXTS)):
        names += [(part, value, '-') for value in values]
    lines = ['# What each score that parties.onnx gives of a trigger as a whole stands for, in their order: after the five tags.', 'part\tvalue\tmode']
    return '\n'.join(lines + ['\t'.join(name) for name in names]) + '\n'


def main(checkpoint, folder, texts):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    model = Reader()
    if checkpoint == 'base':
        model.encoder.load_base()
    else:
        model.load_state_dict(torch.load(checkpoint, map_location='cpu'))
    model.eval()
    ids = torch.randint(1000, 20000, (1, 40))
    around = (torch.randn(2, 40, NARROW), ids.repeat(2, 1) % 32)
    axes = {'pieces': {0: 'k', 1: 'm'}, 'buckets': {0: 'k', 1: 'm'}, 'scores': {0: 'k', 1: 'm'}}
    moments = rounding.moments(model, texts)
    with torch.no_grad():
        along = {name: {1: 'n'} for name in ('ids', 'features', 'shared', 'pieces')}
        write(ReaderGraph(model), (ids, ids % 16), ['ids', 'features'], ['shared', 'pieces'], along, folder / 'reader.onnx', moments)
        write(EventsGraph(model), torch.randn(1, 40, 384), ['shared'], ['pieces'], along, folder / 'events.onnx', moments)
        for name in ('arguments', 'parties'):
            write(ArgumentsGraph(getattr(model, name)), around, ['pieces', 'buckets'], ['scores'], axes, folder / f'{name}.onnx', moments)
    tags = ['outside', 'begin-source', 'in-source', 'begin-content', 'in-content']
    (folder / 'transitions.tsv').write_text(transitions(model.arguments.crf, tags, 'argument'))
    tags = ['outside', 'begin-actor', 'in-actor', 'begin-recipient', 'in-recipient']
    (folder / 'party_transitions.tsv').write_text(transitions(model.parties.crf, tags, 'party'))
    (folder / 'event_labels.tsv').write_text(labels())
    shutil.copy(reading.base_model() / 'vocab.txt', folder / 'vocabulary.txt')
    for name in ('reader.onnx', 'events.onnx', 'arguments.onnx', 'parties.onnx'):
        print(name, (folder / name).stat().st_size, 'sha256', hashlib.sha256((folder / name).read_bytes()).hexdigest())


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    windows.add_arguments(p)
    p.add_argument('checkpoint')
    p.add_argument('folder')
    p.set_defaults(seed=1)
    args = p.parse_args()
    main(args.checkpoint, args.folder, windows.some(args, rounding.TEXTS))
