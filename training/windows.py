"""The training windows of a pass, from every corpus: python windows.py --passes 8 makes them all beforehand, on every core, into work/windows.

In each pass every text is cut at other places, and other states stand in the sentences of events.
"""
import argparse, itertools, json, multiprocessing, pathlib, pickle, random

import events, mentions
import examples as ex
from examples import SHARED

FOLDER = pathlib.Path(__file__).parent / 'work/windows'
PARTS = 16


def of_pass(args, number):
    """The windows of pass `number`, by corpus; those made beforehand go round."""
    turns = sorted(FOLDER.glob('*'))
    if not turns:
        return cut(args, corpora(args), args.seed * 100 + number)
    out = {}
    for path in sorted(turns[(number + args.seed) % len(turns)].glob('*.pickle')):
        for name, windows in pickle.loads(path.read_bytes()).items():
            out.setdefault(name, []).extend(windows)
    return out


def corpora(args):
    """The labelled texts that are the same in every pass."""
    names = list(mentions.named(SHARED / 'train/entities/worldwide_train.jsonl'))
    phrases = [d for split in ('train', 'dev') for d in mentions.nominal(SHARED / f'train/syntax/gum-{split}.conllu')]
    return {'statements': list(ex.corpus(SHARED / 'train/attribution/train.jsonl')) + args.own_weight * list(ex.own()),
            'mentions': args.mentions_weight * names + args.mentions_weight * phrases,
            'news': args.news_weight * list(events.news(articles()))}


def articles():
    """The texts of real news, weblogs and speeches by their ids."""
    rows = (json.loads(line) for part in ('attribution/train', 'entities/worldwide_train') for line in open(SHARED / f'train/{part}.jsonl', encoding='utf-8'))
    web = (row for part in ('ewt', 'gum') for split in ('train', 'dev') for row in mentions.documents(SHARED / f'train/syntax/{part}-{split}.conllu'))
    return {row['id']: row['text'] for row in itertools.chain(rows, web)}


def cut(args, texts, seed, part=0, parts=1):
    rng = random.Random(seed)
    widened = [row for _ in range(args.events_weight) for row in events.documents(rng)]
    rng = random.Random(f'{seed} {part}')
    return {name: [e for row in rows[part::parts] for e in ex.examples(row, rng.randint(176, 256), rng.randint(64, 256))]
            for name, rows in (texts | {'events': widened}).items()}


def add_arguments(p):
    p.add_argument('--mentions-weight', type=int, default=1, help='how often a pass goes over the texts labelled with mentions')
    p.add_argument('--events-weight', type=int, default=2)
    p.add_argument('--news-weight', type=int, default=2, help='likewise over the labelled passages of real news')
    p.add_argument('--own-weight', type=int, default=2)


def make(part):
    for number in range(ARGS.passes):
        folder = FOLDER / f'{number:02}'
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f'{part:02}.pickle').write_bytes(pickle.dumps(cut(ARGS, TEXTS, number, part, PARTS)))


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    add_arguments(p)
    p.add_argument('--passes', type=int, default=8)
    ARGS = p.parse_args()
    TEXTS = corpora(ARGS)
    with multiprocessing.Pool() as pool:
        pool.map(make, range(PARTS), chunksize=1)
