"""The reader model: MiniLM-L6 with taggers of cues, names, noun phrases and event triggers and, given a cue or trigger, taggers of its arguments.

Shapes: B windows, N pieces, K cues, M pieces around a cue.
- encoder: ids, features (B, N) → vectors (B, N, 384), for events other ones: the highest two layers are there twice. Features (letter case × quotation state) take the place of BERT's segment ids.
- cue head: vectors → BIO scores (B, N, 3).
- named head: vectors → BIO scores of seven kinds of names (B, N, 15); nominal head: of three kinds of noun phrases (B, N, 7).
- trigger head: vectors of events → BIO scores of sixteen types of events (B, N, 33).
- argument head: a narrow transformer over the pieces around one cue. Each piece enters as its vector, its distance from the cue and the mean vector
  of the cue; out come tags O B-source I-source B-content I-content with a CRF, and whether the cue is one at all.
- party head: the same around one trigger, over vectors of events; tags O B-actor I-actor B-recipient I-recipient, and what the event is (events.py says which scores).
"""
import json, math

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

import events, mentions, reading

FEATURES, NARROW, REACH, DISTANCES = 16, 160, 112, 32
# How many layers events have to themselves, so that what is learnt of them moves nothing else.
FORKED = 2
# The heads that read what those layers give.
OF_EVENTS = {'triggers', 'parties'}
O, BS, IS, BC, IC = range(5)
NEVER = -1e4


class Layer(nn.Module):
    """A post-norm transformer layer, as in BERT."""

    def __init__(self, width, inner, heads, dropout):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm1(x + self.out(y.transpose(1, 2).reshape(b, n, w)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, dropout=0.1):
        super().__init__()
        config = json.loads((reading.base_model() / 'config.json').read_text())
        width = config['hidden_size']
        self.words = nn.Embedding(config['vocab_size'], width)
        self.positions = nn.Embedding(config['max_position_embeddings'], width)
        self.features = nn.Embedding(FEATURES, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        layers = lambda count: nn.ModuleList(Layer(width, config['intermediate_size'], config['num_attention_heads'], dropout) for _ in range(count))
        self.layers = layers(config['num_hidden_layers'])
        self.of_events = layers(FORKED)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids, features, of_events=False):
        mask = (ids == 0)[:, None, None, :] * NEVER
        x = self.words(ids) + self.positions.weight[:ids.shape[1]] + self.features(features)
        x = self.dropout(self.norm(x))
        for layer in [*self.layers[:-FORKED], *(self.of_events if of_events else self.layers[-FORKED:])]:
            x = layer(x, mask)
        return x

    def load_base(self):
        """Takes over the base model's weights; its highest layers twice."""
        w = load_file(str(reading.base_model() / 'model.safetensors'))
        state = {'words.weight': w['embeddings.word_embeddings.weight'], 'positions.weight': w['embeddings.position_embeddings.weight'],
                 'features.weight': w['embeddings.token_type_embeddings.weight'][:1].repeat(FEATURES, 1),
                 'norm.weight': w['embeddings.LayerNorm.weight'], 'norm.bias': w['embeddings.LayerNorm.bias']}
        for i in range(len(self.layers)):
            p = f'encoder.layer.{i}.'
            for kind in ('weight', 'bias'):
                state[f'layers.{i}.qkv.{kind}'] = torch.cat([w[f'{p}attention.self.{x}.{kind}'] for x in ('query', 'key', 'value')])
                for mine, theirs in (('out', 'attention.output.dense'), ('norm1', 'attention.output.LayerNorm'), ('up', 'intermediate.dense'),
                                     ('down', 'output.dense'), ('norm2', 'output.LayerNorm')):
                    state[f'layers.{i}.{mine}.{kind}'] = w[f'{p}{theirs}.{kind}']
        for i in range(FORKED):
            above = f'layers.{len(self.layers) - FORKED + i}.'
            state |= {name.replace(above, f'of_events.{i}.'): value for name, value in state.items() if name.startswith(above)}
        self.load_state_dict(state)


class Crf(nn.Module):
    """A linear chain over tags; `allowed` says which tag may follow which."""

    def __init__(self, tags, allowed, first):
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(tags, tags))
        self.register_buffer('barred', torch.tensor([[0.0 if allowed(a, b) else NEVER for b in range(tags)] for a in range(tags)]))
        self.register_buffer('start', torch.tensor([0.0 if first(b) else NEVER for b in range(tags)]))

    def transitions(self):
        return self.moves + self.barred

    def log_sum(self, scores, mask, moves=None):
        """Log of the sum over all paths of each row, by halving: steps side by side are joined pair by pair. `mask` holds a prefix of ones."""
        moves = self.transitions() if moves is None else moves
        k, m, n = scores.shape
        identity = torch.full((n, n), NEVER, device=scores.device).fill_diagonal_(0.0)
        steps = moves.expand(k, n, n)[:, None] + scores[:, 1:, None, :]
        steps = torch.where(mask[:, 1:, None, None] > 0, steps, identity)
        while steps.shape[1] > 1:
            if steps.shape[1] % 2:
                steps = torch.cat([steps, identity.expand(k, 1, n, n)], 1)
            left, right = steps[:, 0::2], steps[:, 1::2]
            steps = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], -2)
        alpha = self.start + scores[:, 0]
        if steps.shape[1]:
            alpha = torch.logsumexp(alpha[:, :, None] + steps[:, 0], 1)
        return torch.logsumexp(alpha, 1)

    def loss(self, scores, gold, mask):
        """Negative log likelihood of each row."""
        scores, moves = scores.float(), self.transitions()
        picked = scores.gather(2, gold[..., None]).squeeze(2) * mask
        path = picked.sum(1) + self.start[gold[:, 0]] + (moves[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]).sum(1)
        return self.log_sum(scores, mask) - path

    @torch.enable_grad()
    def expected(self, scores, mask):
        """How probable each tag is at each place (K, M, n), and how often each move is expected in a row (K, n, n)."""
        scores = scores.detach().float().requires_grad_()
        moves = self.transitions().detach().expand(len(scores), -1, -1).clone().requires_grad_()
        return torch.autograd.grad(self.log_sum(scores, mask, moves).sum(), (scores, moves))

    def loss_to(self, scores, mask, tags, moves):
        """Cross entropy of each row to a distribution over paths, given as what `expected` returns."""
        path = (scores.float() * tags).sum((1, 2)) + (self.transitions() * moves).sum((1, 2))
        return self.log_sum(scores.float(), mask) - path


def argument_crf():
    return Crf(5, lambda a, b: b not in (IS, IC) or (b == IS and a in (BS, IS)) or (b == IC and a in (BC, IC)), lambda b: b not in (IS, IC))


def distance_bucket(offset):
    """Signed distance from the cue in pieces (0 inside it) → 0..31, finer near the cue."""
    near = offset.abs()
    far = 8 + torch.clamp((torch.log2(torch.clamp(near, min=8).float() / 8) * 2), max=7).long()
    size = torch.where(near < 8, near, far)
    return torch.where(offset < 0, 16 + size, size)


class ArgumentHead(nn.Module):
    """A narrow transformer around one cue or trigger: tags of its two arguments, and scores of itself as a whole."""

    def __init__(self, scores, width=384, narrow=NARROW, layers=2, dropout=0.1):
        super().__init__()
        self.narrow = nn.Linear(width, narrow)
        self.distances = nn.Embedding(DISTANCES, narrow)
        self.cue = nn.Linear(width, narrow)
        self.norm = nn.LayerNorm(narrow, 1e-12)
        self.layers = nn.ModuleList(Layer(narrow, 2 * narrow, 4, dropout) for _ in range(layers))
        self.tags = nn.Linear(narrow, 5)
        self.whole = nn.Linear(narrow, scores)
        self.crf = argument_crf()
        nn.init.normal_(self.distances.weight, std=0.3)

    def forward(self, narrow, cue_vector, buckets, present):
        """narrow (K, M, 160), cue_vector (K, 384), buckets and present (K, M) → tags (K, M, 5), scores of the whole (K, …)."""
        cue = self.cue(cue_vector)[:, None]
        x = self.norm(narrow + self.distances(buckets) + cue)
        mask = (present == 0)[:, None, None, :] * NEVER
        for layer in self.layers:
            x = layer(x, mask)
        inside = ((buckets == 0) & (present > 0)).unsqueeze(-1).to(x.dtype)
        pooled = (x * inside).sum(1) / inside.sum(1).clamp(min=1)
        return self.tags(x), self.whole(pooled)


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.cues = nn.Linear(384, 3)
        self.named = nn.Linear(384, mentions.tags_of(mentions.NAMED))
        self.nominal = nn.Linear(384, mentions.tags_of(mentions.NOMINAL))
        self.triggers = nn.Linear(384, mentions.tags_of(events.TYPES))
        self.arguments = ArgumentHead(1)
        self.parties = ArgumentHead(events.SCORES)
        self.flat = nn.Linear(384, 3)      # training only: any source, any content; helps the encoder early
        self.dropout = nn.Dropout(0.1)

    def around(self, head, vectors, ids, cues, reach=REACH):
        """Runs a head around each cue (window, first, end): tags (K, M, 5), scores of the whole, present (K, M), and each cut's first piece (K)."""
        n, device = vectors.shape[1], vectors.device
        width = min(n, 2 * reach + max(e - s for _, s, e in cues))
        window, start, end = torch.tensor(cues, device=device).T
        first = torch.clamp(torch.minimum(start - reach, torch.tensor(n - width, device=device)), min=0)
        at = first[:, None] + torch.arange(width, device=device)[None]
        offset = torch.where(at < start[:, None], at - start[:, None], torch.clamp(at - end[:, None] + 1, min=0))
        inside = (offset == 0).unsqueeze(-1).to(vectors.dtype)
        cut = vectors[window[:, None], at]
        cue_vector = (cut * inside).sum(1) / inside.sum(1)
        present = (ids != 0)[window[:, None], at]
        tags, whole = head(head.narrow(vectors)[window[:, None], at], cue_vector, distance_bucket(offset), present)
        return tags, whole, present, first.tolist()
