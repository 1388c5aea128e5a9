"""The training windows of a pass, from every corpus: python windows.py --passes 8 makes them all beforehand, a pass on each core, into work/windows.

In each pass every text is cut at other places, and other states stand in the sentences of events.
"""
import argparse, itertools, json, multiprocessing, pathlib, pickle, random, shutil

import events, mentions
import examples as ex
from examples import SHARED

FOLDER = pathlib.Path(__file__).parent / 'work/windows'
MAKING = FOLDER.with_name('windows-making')


def of_pass(args, number):
    """The windows of pass `number`, by corpus; those made beforehand go round, whatever the options say."""
    if not FOLDER.exists():
        return cut(args, corpora(args), args.seed * 100 + number)
    turns = sorted(FOLDER.glob('*.pickle'))
    return pickle.loads(turns[(number + args.seed) % len(turns)].read_bytes())


def some(args, count):
    """Windows of up to `count` texts of each corpus, whatever passes are made of."""
    rng = random.Random(args.seed)
    texts = corpora(args)
    return cut(args, {name: rng.sample(rows, min(count, len(rows))) for name, rows in texts.items()}, args.seed)


def corpora(args):
    """The labelled texts that are the same in every pass."""
    names = list(mentions.named(SHARED / 'train/entities/worldwide_train.jsonl'))
    phrases = [d for split in ('train', 'dev') for d in mentions.nominal(SHARED / f'train/syntax/gum-{split}.conllu')]
    passages = {(article, start, end) for article, start, end in missed(args)['passages']}
    times = lambda row: args.news_weight * (args.missed_weight if (row['id'], *row['span']) in passages else 1)
    return {'statements': list(ex.corpus(SHARED / 'train/attribution/train.jsonl')) + args.own_weight * list(ex.own()),
            'mentions': args.mentions_weight * names + args.mentions_weight * phrases,
            'news': [row for row in events.news(articles()) for _ in range(times(row))]}


def missed(args):
    """What missed.py has found."""
    return json.loads(pathlib.Path(args.missed).read_text(encoding='utf-8')) if args.missed else {'sentences': [], 'passages': []}


def articles():
    """The texts of real news, weblogs and speeches by their ids."""
    rows = (json.loads(line) for part in ('attribution/train', 'entities/worldwide_train') for line in open(SHARED / f'train/{part}.jsonl', encoding='utf-8'))
    web = (row for part in ('ewt', 'gum') for split in ('train', 'dev') for row in mentions.documents(SHARED / f'train/syntax/{part}-{split}.conllu'))
    return {row['id']: row['text'] for row in itertools.chain(rows, web)}


def cut(args, texts, seed):
    rng = random.Random(seed)
    sentences = set(missed(args)['sentences'])
    times = lambda text: args.events_weight * (args.missed_weight if text in sentences else 1)
    texts = texts | {'events': list(events.documents(rng, times))}
    shares = dict(args.share)
    taken = lambda name, row: rng.random() < shares.get('quiet' if name == 'news' and not row['events'] else name, 1)
    return {name: [e for row in rows if taken(name, row) for e in ex.examples(row, rng.randint(176, 256), rng.randint(64, 256))] for name, rows in texts.items()}


def share(text):
    """Reads "corpus=share"."""
    name, number = text.split('=')
    if name not in ('statements', 'mentions', 'news', 'quiet', 'events'):
        raise ValueError(name)
    return name, float(number)


def add_arguments(p):
    p.add_argument('--mentions-weight', type=int, default=1, help='how often a pass goes over the texts labelled with mentions')
    p.add_argument('--events-weight', type=int, default=2)
    p.add_argument('--news-weight', type=int, default=2, help='likewise over the labelled passages of real news')
    p.add_argument('--own-weight', type=int, default=2)
    p.add_argument('--missed', help='what missed.py has written')
    p.add_argument('--missed-weight', type=int, default=3, help='how often a pass goes over what is in there')
    p.add_argument('--share', nargs='*', type=share, default=[], metavar='CORPUS=SHARE', help='of which corpora a pass takes but a share, drawn anew; "quiet" are the passages of news without an event')


def make(number):
    (MAKING / f'{number:02}.pickle').write_bytes(pickle.dumps(cut(ARGS, TEXTS, number)))


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__)
    add_arguments(p)
    p.add_argument('--passes', type=int, default=8)
    ARGS = p.parse_args()
    TEXTS = corpora(ARGS)
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.rmtree(MAKING, ignore_errors=True)
    MAKING.mkdir(parents=True)
    with multiprocessing.Pool() as pool:
        pool.map(make, range(ARGS.passes), chunksize=1)
    MAKING.rename(FOLDER)
