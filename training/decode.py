"""Head scores → statements, as crates/onrecord/src/relations does it at reading time, but for the settling of quotation marks."""
import numpy as np
import torch

import events, reading
from model import BC, BS, IC, IS, OF_EVENTS

CUE_BIAS = 1.0


def cue_spans(scores, fresh, bias=CUE_BIAS):
    """Cues of one window from its BIO scores: (first, end, probability). `bias` is taken off the score of O, so that more candidates come out."""
    out, open_at = [], None
    scores = np.asarray(scores, dtype=np.float64)
    best = (scores - np.array([bias, 0, 0])).argmax(1)
    odds = 1 - np.exp(scores[:, 0] - np.logaddexp.reduce(scores, axis=1))
    for i, tag in enumerate([*best, 0]):
        if open_at is not None and tag != 2:
            out.append((open_at, i, float(odds[open_at:i].mean())))
            open_at = None
        if tag and open_at is None and i >= fresh:
            open_at = i
    return out


def viterbi(scores, lengths, transitions, start):
    """Best tag path of each row of scores (K, M, 5)."""
    k, m, n = scores.shape
    alpha, back = scores[:, 0] + start, np.zeros((k, m, n), dtype=np.int8)
    for t in range(1, m):
        total = alpha[:, :, None] + transitions
        back[:, t] = total.argmax(1)
        alpha = np.where((t < lengths)[:, None], total.max(1) + scores[:, t], alpha)
    paths = []
    for row in range(k):
        path = [int(alpha[row].argmax())]
        for t in range(lengths[row] - 1, 0, -1):
            path.append(int(back[row, t, path[-1]]))
        paths.append(path[::-1])
    return paths


def tag_spans(path, first, begin):
    """Runs of one role in a tag path."""
    out, open_at = [], None
    for i, tag in enumerate([*path, 0]):
        if open_at is not None and tag != begin + 1:
            out.append((first + open_at, first + i))
            open_at = None
        if tag == begin or (tag == begin + 1 and open_at is None):
            open_at = i
    return out


def in_text(window, span):
    """Characters of a run of pieces, or None if it holds only [SEP]."""
    inside = [p for p in window.pieces[span[0]:span[1]] if p]
    return [inside[0].start, inside[-1].end] if inside else None


def snapped(text, span):
    """Whole words: a span that starts or ends inside a word takes all of it."""
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while end > start and text[end - 1] in ', \n\u00a0':
        end -= 1
    return [start, end]


def as_cues(scores):
    """Trigger scores → outside, begin, inside, whatever the type."""
    scores = scores.float()
    return torch.stack([scores[..., 0], scores[..., 1::2].logsumexp(-1), scores[..., 2::2].logsumexp(-1)], -1)


@torch.inference_mode()
def around_spans(model, text, mark, head, bias):
    """What a head makes of each span that `mark` marks: window, span, odds, its spans by role (in characters), scores of the whole."""
    windows, device = reading.windows(text), next(model.parameters()).device
    of_events, head = head in OF_EVENTS, getattr(model, head)
    transitions, start = head.crf.transitions().cpu().numpy(), head.crf.start.cpu().numpy()
    for i in range(0, len(windows), 8):
        group = windows[i:i + 8]
        width = max(len(w.pieces) for w in group)
        ids, features = torch.zeros(len(group), width, dtype=torch.long), torch.zeros(len(group), width, dtype=torch.long)
        for row, window in enumerate(group):
            a, b = reading.ids_and_features(window)
            ids[row, :len(a)], features[row, :len(b)] = torch.tensor(a), torch.tensor(b)
        ids, features = ids.to(device), features.to(device)
        vectors = model.encoder(ids, features, of_events)
        scores = mark(vectors).float().cpu().numpy()
        found = [(row, *c) for row, w in enumerate(group) for c in cue_spans(scores[row, :len(w.pieces)], w.fresh, bias)]
        if not found:
            continue
        tags, whole, present, first = model.around(head, vectors, ids, [(w, s, e) for w, s, e, _ in found])
        paths = viterbi(tags.float().cpu().numpy(), present.sum(1).cpu().numpy(), transitions, start)
        for (row, s, e, odds), path, scores_of, f in zip(found, paths, whole.float().cpu(), first):
            w = group[row]
            spans = lambda begin: [x for x in (in_text(w, y) for y in tag_spans(path, f, begin)) if x]
            if at := in_text(w, (s, e)):
                yield at, odds, spans(BS), spans(BC), scores_of


def read(model, text, cue_bias=CUE_BIAS):
    """Statements of a text with the scores they were decided by."""
    out = []
    for cue, odds, sources, content, whole in around_spans(model, text, model.cues, 'arguments', cue_bias):
        source = sorted(sources, key=lambda x: min(abs(x[0] - cue[0]), abs(x[1] - cue[0])))[:1]
        if content:
            out.append({'source': [snapped(text, x) for x in source], 'cue': [snapped(text, cue)], 'content': [snapped(text, x) for x in content],
                        'cue_odds': odds, 'valid': torch.sigmoid(whole[0]).item()})
    return out


def read_events(model, text, bar=0.5):
    """Events of a text: the record's shape, as far as the heads tell it."""
    out = []
    for trigger, _, actors, recipients, whole in around_spans(model, text, lambda v: as_cues(model.triggers(v)), 'parties', CUE_BIAS):
        scores = dict(zip([name for name, _ in events.PARTS], whole.split([n for _, n in events.PARTS])))
        valid, kinds = scores['valid'].sigmoid().item(), scores['kind'].softmax(0)
        types = torch.stack([sum(p for p, (t, _) in zip(kinds, events.KINDS) if t == name) for name in events.TYPES])
        if valid >= bar:
            out.append({'trigger': {'spans': [trigger]}, 'type': events.TYPES[int(types.argmax())], 'confidence': valid * float(types.max()),
                        'actors': [{'span': snapped(text, x)} for x in actors], 'recipients': [{'span': snapped(text, x)} for x in recipients]})
    return out
