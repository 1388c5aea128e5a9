"""What the reader model is trained to do with a batch: to mark what people marked, and to mark what teachers (other checkpoints) mark.

A batch is of one corpus, which labels some of the heads; what it does not label is not learnt from it, except from teachers.
"""
import torch
import torch.nn.functional as F

import events
import examples as ex
import reading
from decode import as_cues, cue_spans
from model import OF_EVENTS, REACH


def pad(rows, value=0, device='cpu'):
    width = max(map(len, rows))
    return torch.tensor([r + [value] * (width - len(r)) for r in rows]).to(device, non_blocking=True)


def hidden(ids, share):
    """The ids with some pieces hidden; where a window begins and ends, and padding, stay."""
    marks = (ids == 0) | (ids == reading.CLS) | (ids == reading.SEP)
    chosen = (torch.rand(ids.shape, device=ids.device) < share) & ~marks
    return ids.masked_fill(chosen, reading.MASK)


def fresh(batch, tags, device):
    """Gold tags of a head, UNKNOWN where a window is context, padding, or its corpus does not label the head."""
    return pad([[ex.UNKNOWN] * len(e.ids) if getattr(e, tags) is None else [ex.UNKNOWN] * e.fresh + getattr(e, tags)[e.fresh:] for e in batch], ex.UNKNOWN, device)


def tagged(scores, gold):
    return F.cross_entropy(scores.float().transpose(1, 2), gold, ignore_index=ex.UNKNOWN, reduction='sum')


def hard(model, batch, rng, device, masked=0.0):
    """Loss in nats, its parts, and by how much to divide it; also what was read and the chosen cues, for teachers to judge."""
    ids, features = pad([e.ids for e in batch], 0, device), pad([e.features for e in batch], 0, device)
    shown, of_events = hidden(ids, masked), batch[0].events is not None
    vectors = model.dropout(model.encoder(shown, features, of_events))
    reach, parts, asked = rng.choice((48, REACH)), {}, {}
    if batch[0].statements is not None:
        scores = model.cues(vectors)
        parts['cue'] = tagged(scores, fresh(batch, 'cues', device))
        parts['flat'] = 0.5 * tagged(model.flat(vectors), pad([e.flat for e in batch], ex.UNKNOWN, device))
        asked['arguments'] = chosen([e.statements for e in batch], scores.detach(), batch, rng, 2.0)
        parts |= arguments(model, vectors, ids, *asked['arguments'], reach)
        count = max(1, sum(len(e.statements) for e in batch))
    elif batch[0].events is not None:
        scores = model.triggers(vectors)
        parts['trigger'] = tagged(scores, fresh(batch, 'triggers', device))
        asked['parties'] = chosen([e.events for e in batch], as_cues(scores.detach()), batch, rng, 1.5)
        parts |= parties(model, vectors, ids, *asked['parties'], reach)
        count = max(1, sum(len(e.events) for e in batch))
    else:
        for name in ('named', 'nominal'):
            parts[name] = tagged(getattr(model, name)(vectors), fresh(batch, name, device))
        count = max(1, int((ids != 0).sum()) / 20)
    return parts, count, (ids, features, shown, {of_events: vectors}, reach, asked)


def chosen(gold, scores, batch, rng, bias):
    """The spans to train a head around: gold ones (at times as the model marks them), and up to three marked ones that are none (None)."""
    cues, labels = [], []
    for w, (known, e, s) in enumerate(zip(gold, batch, scores.float().cpu().numpy())):
        marked = cue_spans(s[:len(e.ids)], e.fresh, bias)
        for a, b, *label in known:
            near = [(x, y) for x, y, _ in marked if x < b and y > a]
            cues.append((w, *(rng.choice(near) if near and rng.random() < 0.4 else (a, b))))
            labels.append(label)
        wrong = [(w, x, y) for x, y, _ in marked if not any(x < k[1] and y > k[0] for k in known) and not (e.triggers and ex.UNKNOWN in e.triggers[x:y])]
        cues.extend(rng.sample(wrong, min(3, len(wrong))))
        labels.extend([None] * min(3, len(wrong)))
    return cues, labels


def around(model, head, vectors, ids, cues, labels, reach):
    """Scores of the whole, which of the spans are real, and the loss of their arguments' tags."""
    tags, whole, present, first = model.around(head, vectors, ids, cues, reach)
    real = torch.tensor([label is not None for label in labels])
    gold = [ex.argument_tags(label[0], f, present.shape[1]) for label, f in zip(labels, first) if label is not None]
    at = real.nonzero().squeeze(1).to(ids.device)
    crf = head.crf.loss(tags[at], torch.tensor(gold, device=ids.device), present[at].float()).sum() if gold else tags.sum() * 0
    return whole.float(), real, at, crf


def arguments(model, vectors, ids, cues, labels, reach):
    if not cues:
        return {}
    whole, real, _, crf = around(model, model.arguments, vectors, ids, cues, labels, reach)
    return {'valid': F.binary_cross_entropy_with_logits(whole[:, 0], real.float().to(ids.device), reduction='sum'), 'arguments': crf}


def parties(model, vectors, ids, cues, labels, reach):
    if not cues:
        return {}
    whole, real, at, crf = around(model, model.parties, vectors, ids, cues, labels, reach)
    scores = dict(zip([name for name, _ in events.PARTS], whole.split([n for _, n in events.PARTS], 1)))
    out = {'event': F.binary_cross_entropy_with_logits(scores['valid'][:, 0], real.float().to(ids.device), reduction='sum'), 'parties': crf}
    found = [label[1] for label in labels if label is not None]
    if found:
        for name in ('kind', 'tense', 'certainty', 'polarity'):
            out[name] = F.cross_entropy(scores[name][at], torch.tensor([e[name] for e in found], device=ids.device), reduction='sum')
        contexts = torch.zeros(len(found), len(events.CONTEXTS), device=ids.device)
        for row, e in enumerate(found):
            contexts[row, e['contexts']] = 1.0
        out['contexts'] = 0.3 * F.binary_cross_entropy_with_logits(scores['contexts'][at], contexts, reduction='sum')
    return out


@torch.no_grad()
def judged(teachers, ids, features, asked, reach, batch, rng):
    """What teachers make of a batch: probabilities of every tagging head, spans marked by most, and distributions over their arguments."""
    read = [(t, [t.encoder(ids, features, of_events) for of_events in (False, True)]) for t in teachers]
    mean = lambda head: torch.stack([getattr(t, head)(v[head in OF_EVENTS]).float().softmax(-1) for t, v in read]).mean(0)
    heads = {head: mean(head) for head in ('cues', 'named', 'nominal', 'triggers')}
    spans = {}
    for head, scores, bias in (('arguments', heads['cues'].log(), 1.5), ('parties', as_cues(heads['triggers'].log()), 1.5)):
        cues = asked[head][0] if head in asked else chosen([[] for _ in batch], scores, batch, rng, bias)[0]
        if cues:
            spans[head] = (cues, *opinion(read, head, ids, cues, reach))
    return heads, spans


def opinion(read, head, ids, cues, reach):
    """The mean over teachers of the tags and moves expected around each span, and of the scores of the whole as probabilities."""
    tags, moves, whole = [], [], []
    for t, vectors in read:
        part = getattr(t, head)
        scores, all_of_it, present, _ = t.around(part, vectors[head in OF_EVENTS], ids, cues, reach)
        a, b = part.crf.expected(scores, present.float())
        tags.append(a)
        moves.append(b)
        whole.append(probabilities(all_of_it.float(), head))
    return torch.stack(tags).mean(0), torch.stack(moves).mean(0), {k: torch.stack([w[k] for w in whole]).mean(0) for k in whole[0]}


SIGMOID = {'valid', 'contexts'}


def probabilities(whole, head):
    parts = [('valid', 1)] if head == 'arguments' else events.PARTS
    split = whole.split([n for _, n in parts], 1)
    return {name: s.sigmoid() if name in SIGMOID else s.softmax(1) for (name, _), s in zip(parts, split)}


def soft(model, teachers, batch, seen, rng):
    """Loss in nats against the teachers, by part, and by how much to divide it: a fortieth of the pieces."""
    ids, features, shown, vectors, reach, asked = seen
    vectors |= {other: model.dropout(model.encoder(shown, features, other)) for other in (False, True) if other not in vectors}
    heads, spans = judged(teachers, ids, features, asked, reach, batch, rng)
    new = torch.zeros_like(ids, dtype=torch.bool)
    for row, e in enumerate(batch):
        new[row, e.fresh:len(e.ids)] = True
    out = {}
    for name, target in heads.items():
        scores = getattr(model, name)(vectors[name in OF_EVENTS]).float().log_softmax(-1)
        out['soft ' + name] = -(target * scores).sum(-1)[new].sum()
    for name, (cues, tags, moves, whole) in spans.items():
        head = getattr(model, name)
        scores, mine, present, _ = model.around(head, vectors[name in OF_EVENTS], ids, cues, reach)
        sure = whole['valid'][:, 0].detach()
        weight = sure if name == 'parties' else sure.clamp(min=0.1)
        out['soft ' + name] = (head.crf.loss_to(scores, present.float(), tags, moves) * weight).sum()
        parts = [('valid', 1)] if name == 'arguments' else events.PARTS
        for (part, _), s in zip(parts, mine.float().split([n for _, n in parts], 1)):
            if part in SIGMOID:
                loss = F.binary_cross_entropy_with_logits(s, whole[part], reduction='none').sum(1) * (1.0 if part == 'valid' else 0.3)
            else:
                loss = -(whole[part] * s.log_softmax(1)).sum(1)
            out[f'soft {part} {name}'] = (loss if part == 'valid' else loss * weight).sum()
    return out, max(1, int(new.sum()) / 40)
