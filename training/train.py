"""Trains the reader model: python train.py --out work/reader.pt [--passes 6 | --minutes 3] [--seed 1] [--from CHECKPOINT] [--teachers CHECKPOINT…]

Each pass cuts every text at other places, shuffles the windows by length buckets, and writes a checkpoint (averaged weights) that the next run can
start from, and one that keeps the number of the pass. With --teachers, every batch is also read by them and learnt from as they read it.
With --minutes the rate falls by the clock, so that a run ends when it must.
"""
import argparse, copy, random, time

import torch

import losses
import windows
from model import FORKED, Reader


def batches(texts, rng, size):
    """Windows of each corpus apart, in chunks of like length."""
    out = []
    for corpus in texts.values():
        corpus = rng.sample(corpus, len(corpus))
        chunks = [corpus[i:i + 40 * size] for i in range(0, len(corpus), 40 * size)]
        out += [sorted(chunk, key=lambda e: len(e.ids))[i:i + size] for chunk in chunks for i in range(0, len(chunk), size)]
    rng.shuffle(out)
    return out


def groups(model, rate, head_rate, frozen=0, decay=0.9):
    """What learns, and at which rate; of the encoder, the vectors of the words and the lowest layers need not. The layers of events learn as their doubles do."""
    encoder = model.encoder
    parts = [[encoder.words, encoder.positions, encoder.norm], *([layer] for layer in encoder.layers)]
    for own, part in zip(encoder.of_events, parts[-FORKED:]):
        part.append(own)
    learning = [[p for module in modules for p in module.parameters()] for modules in parts]
    encoder.features.requires_grad_(not frozen)
    for p in sum(learning[:frozen], []):
        p.requires_grad_(False)
    slow = {id(p) for p in sum(learning, [])}
    fast = [p for p in model.parameters() if p.requires_grad and id(p) not in slow]
    rates = [rate * decay ** depth for depth in reversed(range(len(parts)))]
    return [{'params': params, 'lr': rate} for params, rate in zip(learning[frozen:], rates[frozen:])] + [{'params': fast, 'lr': head_rate}]


def train(args):
    device = 'cuda' if torch.cuda.is_available() else 'cpu'
    # Heads begin alike whatever the seed, so that runs can be blended.
    torch.manual_seed(0)
    rng = random.Random(args.seed)
    model = Reader()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    else:
        model.encoder.load_base()
    torch.manual_seed(args.seed)
    model.to(device)
    teachers = [load(path, device) for path in args.teachers]
    average = copy.deepcopy(model).eval()
    optimizer = torch.optim.AdamW(groups(model, args.rate, args.head_rate, args.frozen), weight_decay=0.01, fused=True, betas=(0.9, 0.98))
    for group in optimizer.param_groups:
        group['initial_lr'] = group['lr']
    means, moving = zip(*((mean, p) for mean, p in zip(average.parameters(), model.parameters()) if p.requires_grad))
    planned, done, began, number, progress = None, 0, time.time(), 0, 0.0
    while progress < 1:
        work = batches(windows.of_pass(args, number), rng, args.batch)
        planned = planned or args.passes * len(work)
        model.train()
        sums, counts = {}, {}
        for batch in work:
            progress = (time.time() - began) / (60 * args.minutes) if args.minutes else done / planned
            if progress >= 1:
                break
            scale = min(1.0, (done + 1) / args.warmup) * max(0.02, 1 - progress)
            for group in optimizer.param_groups:
                group['lr'] = group['initial_lr'] * scale
            with narrow(device):
                parts, count, seen = losses.hard(model, batch, rng, device, args.masked)
                loss = args.hard * sum(parts.values()) / count
                if teachers:
                    more, size = losses.soft(model, teachers, batch, seen, rng)
                    loss, parts = loss + args.soft * sum(more.values()) / size, parts | more
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            done += 1
            keep = min(args.keep, (done + 1) / (done + 10))
            with torch.no_grad():
                torch._foreach_lerp_(means, moving, 1 - keep)
            if done % 10 == 0:
                for k, v in parts.items():
                    sums[k], counts[k] = sums.get(k, 0) + float(v.detach()), counts.get(k, 0) + count
            if done % args.report == 0:
                print(f'{args.out} pass {number + 1} step {done} {time.time() - began:.0f} s ' + ' '.join(f'{k} {v / counts[k]:.3f}' for k, v in sums.items()), flush=True)
        number += 1
        torch.save(average.state_dict(), args.out)
        torch.save(average.state_dict(), args.out.replace('.pt', f'-{number}.pt'))
        print(f'{args.out} pass {number} written after {time.time() - began:.0f} s', flush=True)
        if args.check and (not args.minutes or progress >= 1):
            from evaluate import score, score_pairs
            print(f'{args.out} pass {number}', score(average, args.check), score_pairs(average, windows.SHARED / 'gold/events/plv_train.jsonl'), flush=True)


def narrow(device):
    """Sums in bfloat16, where the machine has them; a processor that has to imitate them is quicker without."""
    return torch.autocast(device, torch.bfloat16, enabled=device == 'cuda' or torch.cpu.get_capabilities().get('avx512_bf16', False))


def load(path, device):
    model = Reader()
    model.load_state_dict(torch.load(path, map_location='cpu'))
    return model.to(device).eval()


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    windows.add_arguments(p)
    p.add_argument('--check', default=str(windows.SHARED / 'gold/attribution/dev.jsonl'), help='score after each pass; empty for none')
    p.add_argument('--out', default='work/reader.pt')
    p.add_argument('--from', dest='start')
    p.add_argument('--teachers', nargs='*', default=[])
    p.add_argument('--hard', type=float, default=1.0, help='weight of what people marked')
    p.add_argument('--soft', type=float, default=1.0, help='weight of what teachers mark')
    p.add_argument('--masked', type=float, default=0.0, help='share of the pieces that are hidden, so that no head leans on one word')
    p.add_argument('--passes', type=int, default=6)
    p.add_argument('--minutes', type=float)
    p.add_argument('--batch', type=int, default=16)
    p.add_argument('--rate', type=float, default=2e-4)
    p.add_argument('--head-rate', type=float, default=1e-3)
    p.add_argument('--frozen', type=int, default=0, help='how much of the encoder stays as it is: 1 for the vectors of words, 2 for the lowest layer too, and so on')
    p.add_argument('--keep', type=float, default=0.998, help='how much of the running average is kept at each step')
    p.add_argument('--warmup', type=int, default=150)
    p.add_argument('--report', type=int, default=200, help='steps between lines of progress')
    p.add_argument('--seed', type=int, default=1)
    train(p.parse_args())
