"""Head scores → statements, as crates/onrecord/src/relations does it at reading time, but for the settling of quotation marks."""
import numpy as np
import torch

import reading
from model import BC, BS, IC, IS

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


@torch.inference_mode()
def read(model, text, cue_bias=CUE_BIAS):
    """Statements of a text with the scores they were decided by."""
    windows = reading.windows(text)
    out = []
    transitions, start = model.crf.transitions().numpy(), model.crf.start.numpy()
    for i in range(0, len(windows), 8):
        group = windows[i:i + 8]
        width = max(len(w.pieces) for w in group)
        ids, features = torch.zeros(len(group), width, dtype=torch.long), torch.zeros(len(group), width, dtype=torch.long)
        for row, window in enumerate(group):
            a, b = reading.ids_and_features(window)
            ids[row, :len(a)], features[row, :len(b)] = torch.tensor(a), torch.tensor(b)
        vectors = model.encoder(ids, features)
        scores = model.cues(vectors).float().numpy()
        found = [(row, *c) for row, w in enumerate(group) for c in cue_spans(scores[row, :len(w.pieces)], w.fresh, cue_bias)]
        if not found:
            continue
        narrow, cue_vector, buckets, window, at, first = model.around(vectors, [(w, s, e) for w, s, e, _ in found])
        present = (ids != 0)[window[:, None], at]
        tags, valid = model.arguments(narrow, cue_vector, buckets, present)
        paths = viterbi(tags.float().numpy(), present.sum(1).numpy(), transitions, start)
        for (row, s, e, odds), path, v, f in zip(found, paths, torch.sigmoid(valid.float()).tolist(), first.tolist()):
            w = group[row]
            spans = lambda begin: [x for x in (in_text(w, y) for y in tag_spans(path, f, begin)) if x]
            source = sorted(spans(BS), key=lambda x: min(abs(x[0] - w.pieces[s].start), abs(x[1] - w.pieces[s].start)))[:1]
            content = spans(BC)
            if content:
                out.append({'source': [snapped(text, x) for x in source], 'cue': [snapped(text, in_text(w, (s, e)))],
                            'content': [snapped(text, x) for x in content], 'cue_odds': odds, 'valid': v})
    return out
