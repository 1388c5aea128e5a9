"""Scores a checkpoint on statements gold, in float: python evaluate.py work/reader.pt [GOLD.jsonl]. The shipped program is what counts: `make marks`."""
import collections, importlib.util, json, sys

import torch

import decode
from examples import SHARED


def scorer(name='score_statements'):
    spec = importlib.util.spec_from_file_location(name, SHARED / f'tools/{name}.py')
    module = importlib.util.module_from_spec(spec)
    source = (SHARED / f'tools/{name}.py').read_text().rsplit('\nmain()', 1)[0]
    exec(compile(source, name, 'exec'), module.__dict__)
    return module


def score_pairs(model, path):
    """The measure of `score.py pairs` over what the event heads find, without the program's rules."""
    tool = scorer('score')
    gold = tool.load(path)
    return tool.pairs(gold, {g['id']: {'events': decode.read_events(model, g['text'])} for g in gold})


def score(model, path, thresholds=(0.3, 0.4, 0.5)):
    """Linked relaxed / exact F1 at several thresholds on cue odds × validity, recall by form and token F1 at the best."""
    tool = scorer()
    model = model.eval()
    gold = [json.loads(line) for line in open(path, encoding='utf-8')]
    found = {g['id']: decode.read(model, g['text']) for g in gold}
    best = None
    for t in thresholds:
        c = sum((tool.score_article(g, {'statements': [s for s in found[g['id']] if s['cue_odds'] ** .5 * s['valid'] ** .5 >= t]}, g['text']) for g in gold), collections.Counter())
        f = lambda k: tool.prf(c[k], c['n_pred'], c['n_gold'])[2]
        row = {'at': t, 'relaxed': f('relaxed'), 'exact': f('exact'), 'nocue': f('nocue'), 'p': tool.prf(c['relaxed'], c['n_pred'], c['n_gold'])[:2],
               'recall': {k: round(100 * c['hit_' + k] / max(1, c['gold_' + k]), 1) for k in ('direct', 'mixed', 'indirect')},
               'token': [tool.prf(c[f'tok_{r}_tp'], c[f'tok_{r}_p'], c[f'tok_{r}_g'])[2] for r in tool.ROLES],
               'span': [tool.prf(c[f'span_{r}'], c[f'n_{r}_p'], c[f'n_{r}_g'])[2] for r in tool.ROLES]}
        if best is None or row['relaxed'] > best['relaxed']:
            best = row
    return best


if __name__ == '__main__':
    from train import load
    model = load(sys.argv[1], 'cuda' if torch.cuda.is_available() else 'cpu')
    for key, value in score(model, sys.argv[2] if len(sys.argv) > 2 else SHARED / 'gold/attribution/dev.jsonl', (.2, .3, .4, .5, .6)).items():
        print(f'{key:10}', value)
    print('pairs', score_pairs(model, SHARED / 'gold/events/plv_train.jsonl'))
