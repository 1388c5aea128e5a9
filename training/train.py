"""Trains the reader model: python train.py --out work/reader.pt [--passes 9] [--seed 1] [--from CHECKPOINT]

Each pass cuts every text at other places, shuffles the windows by length buckets, and writes a checkpoint (averaged weights) that the next run can
start from, and one that keeps the number of the pass. Loss, in nats a cue: cue tags + source and content tags given the cue (CRF) + is-this-a-cue + half of the flat tags.
"""
import argparse, copy, math, random, time

import torch
import torch.nn.functional as F

import examples as ex
import mentions
from decode import cue_spans
from model import REACH, Reader


def batches(rows, rng, size):
    windows = []
    for row in rows:
        windows.extend(ex.examples(row, rng.randint(176, 256), rng.randint(64, 256)))
    rng.shuffle(windows)
    chunks = [windows[i:i + 40 * size] for i in range(0, len(windows), 40 * size)]
    out = [sorted(chunk, key=lambda e: len(e.ids))[i:i + size] for chunk in chunks for i in range(0, len(chunk), size)]
    rng.shuffle(out)
    return out


def pad(rows, value=0):
    width = max(map(len, rows))
    return torch.tensor([r + [value] * (width - len(r)) for r in rows])


def mention_loss(model, batch):
    """Named and nominal tags of a batch of texts that are labelled with one of them, in nats; the count is a twentieth of the pieces."""
    ids, features = pad([e.ids for e in batch]), pad([e.features for e in batch])
    vectors = model.dropout(model.encoder(ids, features))
    loss, parts = 0.0, {}
    for name, head in (('named', model.named), ('nominal', model.nominal)):
        gold = pad([[-100] * len(e.ids) if getattr(e, name) is None else [-100] * e.fresh + getattr(e, name)[e.fresh:] for e in batch], -100)
        part = F.cross_entropy(head(vectors).float().transpose(1, 2), gold, ignore_index=-100, reduction='sum')
        loss = loss + part
        parts[name] = part.item()
    count = max(1, int((ids != 0).sum()) / 20)
    return loss / count, parts, count


def step_loss(model, batch, rng):
    if batch[0].statements is None:
        return mention_loss(model, batch)
    ids, features = pad([e.ids for e in batch]), pad([e.features for e in batch])
    vectors = model.dropout(model.encoder(ids, features))
    cue_scores = model.cues(vectors).float()
    cue_gold = pad([[-100] * e.fresh + e.cues[e.fresh:] for e in batch], -100)
    cue_loss = F.cross_entropy(cue_scores.transpose(1, 2), cue_gold, ignore_index=-100, reduction='sum')
    flat_loss = F.cross_entropy(model.flat(vectors).float().transpose(1, 2), pad([e.flat for e in batch], -100), ignore_index=-100, reduction='sum')
    cues, roles = chosen_cues(batch, cue_scores.detach(), rng)
    count = max(1, sum(len(e.statements) for e in batch))
    loss = cue_loss + 0.5 * flat_loss
    parts = {'cue': cue_loss.item(), 'flat': flat_loss.item()}
    if cues:
        narrow, cue_vector, buckets, window, at, first = model.around(vectors, cues, rng.choice((48, REACH)))
        present = (ids != 0)[window[:, None], at]
        tags, valid = model.arguments(narrow, cue_vector, buckets, present)
        real = torch.tensor([r is not None for r in roles])
        valid_loss = F.binary_cross_entropy_with_logits(valid.float(), real.float(), reduction='sum')
        gold = torch.tensor([ex.argument_tags(r, f, at.shape[1]) for r, f in zip(roles, first.tolist()) if r is not None])
        crf_loss = model.crf.loss(tags[real], gold, present[real].float()).sum() if len(gold) else 0.0
        loss = loss + valid_loss + crf_loss
        parts |= {'valid': valid_loss.item(), 'arguments': float(crf_loss.detach()) if len(gold) else 0.0}
    return loss / count, parts, count


def chosen_cues(batch, scores, rng):
    """The cues to train the argument head on: gold ones (at times as the model marks them), and marked ones that are none (roles None)."""
    cues, roles = [], []
    for w, (e, s) in enumerate(zip(batch, scores)):
        marked = cue_spans(s[:len(e.ids)].tolist(), e.fresh, bias=2.0)
        for a, b, r in e.statements:
            near = [(x, y) for x, y, _ in marked if x < b and y > a]
            cues.append((w, *(rng.choice(near) if near and rng.random() < 0.4 else (a, b))))
            roles.append(r)
        wrong = [(w, x, y) for x, y, _ in marked if not any(x < b and y > a for a, b, _ in e.statements)]
        cues.extend(rng.sample(wrong, min(3, len(wrong))))
        roles.extend([None] * min(3, len(wrong)))
    return cues, roles


def groups(model, rate, head_rate, decay=0.9):
    out, n = [], len(model.encoder.layers)
    bottom = [*model.encoder.words.parameters(), *model.encoder.positions.parameters(), *model.encoder.norm.parameters()]
    out.append({'params': bottom, 'lr': rate * decay ** n})
    for i, layer in enumerate(model.encoder.layers):
        out.append({'params': list(layer.parameters()), 'lr': rate * decay ** (n - 1 - i)})
    taken = {id(p) for g in out for p in g['params']}
    out.append({'params': [p for p in model.parameters() if id(p) not in taken], 'lr': head_rate})
    return out


def train(args):
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    model = Reader()
    model.encoder.load_base()
    if args.start:
        model.load_state_dict(torch.load(args.start), strict=False)
    corpus = list(ex.corpus(args.corpus))
    names = list(mentions.named(ex.SHARED / 'train/entities/worldwide_train.jsonl'))
    phrases = [d for part in ('train', 'dev') for d in mentions.nominal(ex.SHARED / f'train/syntax/gum-{part}.conllu')]
    rng.shuffle(corpus)
    average = copy.deepcopy(model).eval()
    optimizer = torch.optim.AdamW(groups(model, args.rate, args.head_rate), weight_decay=0.01, fused=True, betas=(0.9, 0.98))
    planned, done, began = None, 0, time.time()
    for number in range(args.passes):
        work = batches(corpus + args.own_weight * list(ex.own()), rng, args.batch)
        work += batches(args.mentions_weight * names + args.mentions_weight * phrases, rng, args.batch)
        rng.shuffle(work)
        planned = planned or args.passes * len(work) * 1.05
        model.train()
        sums, cues = {}, 0
        for i, batch in enumerate(work):
            progress = min(1.0, done / planned)
            scale = min(1.0, (done + 1) / args.warmup) * max(0.02, 1 - progress)
            for group in optimizer.param_groups:
                group['initial_lr'] = group.get('initial_lr', group['lr'])
                group['lr'] = group['initial_lr'] * scale
            with torch.autocast('cpu', torch.bfloat16):
                loss, parts, count = step_loss(model, batch, rng)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            done += 1
            keep = min(0.998, (done + 1) / (done + 10))
            with torch.no_grad():
                for a, b in zip(average.parameters(), model.parameters()):
                    a.lerp_(b, 1 - keep)
            for k, v in parts.items():
                sums[k] = sums.get(k, 0) + v
            cues += count
            if i % 40 == 0:
                print(f'pass {number + 1} step {i}/{len(work)} {time.time() - began:.0f} s ' + ' '.join(f'{k} {v / cues:.3f}' for k, v in sums.items()), flush=True)
        torch.save(average.state_dict(), args.out)
        torch.save(average.state_dict(), args.out.replace('.pt', f'-{number + 1}.pt'))
        print(f'pass {number + 1} written', flush=True)
        if args.check:
            from evaluate import score
            print(f'pass {number + 1}', score(average, args.check), flush=True)


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('--corpus', default=str(ex.SHARED / 'train/attribution/train.jsonl'))
    p.add_argument('--check', default=str(ex.SHARED / 'gold/attribution/dev.jsonl'), help='score after each pass; empty for none')
    p.add_argument('--out', default='work/reader.pt')
    p.add_argument('--from', dest='start')
    p.add_argument('--passes', type=int, default=9)
    p.add_argument('--batch', type=int, default=16)
    p.add_argument('--rate', type=float, default=2e-4)
    p.add_argument('--head-rate', type=float, default=1e-3)
    p.add_argument('--warmup', type=int, default=150)
    p.add_argument('--mentions-weight', type=int, default=2, help='how often a pass goes over the texts labelled with mentions')
    p.add_argument('--own-weight', type=int, default=2)
    p.add_argument('--seed', type=int, default=1)
    train(p.parse_args())
