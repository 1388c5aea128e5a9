"""Trains the event heads of a checkpoint alone: python heads.py FROM.pt OUT.pt [--minutes 12] [--seed 1] [--keep]

The encoder stays as it is, so every text is read once and its vectors are kept: a step costs a hundredth of one of train.py. The windows are those that
`windows.py` made. Trigger head: all pieces; party head: spans around gold triggers, and around words that the trigger head takes for one.
"""
import argparse, copy, random, time

import torch
import torch.nn.functional as F

import events, losses, windows
from decode import as_cues
from train import load, narrow

REACH, SPANS, PIECES = 48, 64, 6000


@torch.no_grad()
def read(model, texts):
    """Vectors of every window, in half precision, beside it."""
    out = []
    texts = sorted(texts, key=lambda e: len(e.ids))
    for i in range(0, len(texts), 32):
        batch = texts[i:i + 32]
        ids, features = losses.pad([e.ids for e in batch]), losses.pad([e.features for e in batch])
        with narrow('cpu'):
            vectors = model.encoder(ids, features)
        out += [(e, v[:len(e.ids)].half()) for e, v in zip(batch, vectors)]
    return out


def padded(batch):
    width = max(len(e.ids) for e, _ in batch)
    ids, vectors = torch.zeros(len(batch), width, dtype=torch.long), torch.zeros(len(batch), width, 384)
    for row, (e, v) in enumerate(batch):
        ids[row, :len(e.ids)], vectors[row, :len(e.ids)] = torch.tensor(e.ids), v.float()
    return ids, vectors


def train(args):
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    model = load(args.start, 'cpu')
    if not args.keep:
        model.triggers.reset_parameters()
        model.parties = type(model.parties)(events.SCORES)
    texts = [e for number in range(args.passes) for e in windows.of_pass(args, number)['events']]
    began = time.time()
    known = read(model, texts)
    print(len(known), 'windows read in', round(time.time() - began), 's', flush=True)
    parts = [model.triggers, model.parties]
    average = copy.deepcopy(parts)
    optimizer = torch.optim.AdamW([p for part in parts for p in part.parameters()], lr=args.rate, weight_decay=0.01, betas=(0.9, 0.98))
    model.parties.train()
    began, done, progress, sums, counts = time.time(), 0, 0.0, {}, 0
    while progress < 1:
        rng.shuffle(known)
        at = 0
        while at < len(known) and progress < 1:
            batch, spans = [], 0
            while at < len(known) and spans < SPANS:
                batch.append(known[at])
                spans += len(known[at][0].events) + 1
                at += 1
            progress = (time.time() - began) / (60 * args.minutes)
            for group in optimizer.param_groups:
                group['lr'] = args.rate * min(1, (done + 1) / 100) * max(0.01, 1 - progress)
            ids, vectors = padded(batch)
            vectors = F.dropout(vectors, 0.15, True)
            rows = [e for e, _ in batch]
            scores = model.triggers(vectors)
            found = {'trigger': losses.tagged(scores, losses.fresh(rows, 'triggers', 'cpu'))}
            cues, labels = losses.chosen([e.events for e in rows], as_cues(scores.detach()), rows, rng, 1.0)
            found |= losses.parties(model, vectors, ids, cues, labels, REACH)
            count = max(1, sum(len(e.events) for e in rows))
            optimizer.zero_grad(set_to_none=True)
            (sum(found.values()) / count).backward()
            torch.nn.utils.clip_grad_norm_([p for part in parts for p in part.parameters()], 1.0)
            optimizer.step()
            done += 1
            keep = min(0.995, (done + 1) / (done + 10))
            with torch.no_grad():
                for mean, part in zip(average, parts):
                    torch._foreach_lerp_(list(mean.parameters()), list(part.parameters()), 1 - keep)
            for k, v in found.items():
                sums[k] = sums.get(k, 0) + float(v.detach())
            counts += count
            if done % 100 == 0:
                print(f'step {done} {time.time() - began:.0f} s ' + ' '.join(f'{k} {v / counts:.3f}' for k, v in sums.items()), flush=True)
                sums, counts = {}, 0
    for mean, part in zip(average, parts):
        part.load_state_dict(mean.state_dict())
    torch.save(model.state_dict(), args.out)


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    windows.add_arguments(p)
    p.add_argument('start')
    p.add_argument('out')
    p.add_argument('--minutes', type=float, default=12)
    p.add_argument('--passes', type=int, default=2, help='how many times the texts are cut and widened anew')
    p.add_argument('--rate', type=float, default=2e-3)
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--keep', action='store_true', help='go on from the heads that the checkpoint has; else they begin anew')
    train(p.parse_args())
