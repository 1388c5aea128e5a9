"""Fits the curve from head scores to confidence: python calibrate.py GOLD.jsonl RECORDS.jsonl

RECORDS are made with a low bar (`onrecord read --least-confidence 0.01`). A statement counts as right when it is linked relaxed (tools/score_statements.py).
Prints the constants of crates/onrecord/src/relations/confidence.rs, the expected calibration error (ten bins of equal size, each article scored by
a curve fitted on the other half of the articles), the reliability table, and the F1 at each bar. Statements inside others are left aside: the gold
does not mark them.
"""
import collections, json, sys

import numpy as np

from evaluate import scorer

tool = scorer()


def rights(gold, record):
    """For each statement of the record whether it is linked relaxed, by the scorer's own matching."""
    words = tool.word_index(gold['text'])
    g, p = tool.statement_sets(gold['statements'], words), tool.statement_sets(record['statements'], words)
    pairs = []
    for i, a in enumerate(p):
        for j, b in enumerate(g):
            base = tool.f1(a['content'], b['content']) + (tool.f1(a['cue'], b['cue']) if a['cue'] or b['cue'] else 0)
            if base > 0:
                pairs.append((base + 0.1 * tool.f1(a['source'], b['source']), i, j))
    pairs.sort(key=lambda t: (-t[0], t[1], t[2]))
    out, used_p, used_g = [False] * len(p), set(), set()
    for _, i, j in pairs:
        if i not in used_p and j not in used_g:
            used_p.add(i); used_g.add(j)
            out[i] = all(tool.f1(p[i][r], g[j][r]) >= 0.5 for r in tool.ROLES)
    return out


def features(statement):
    s = statement['because']['scores']
    odds = min(max(s['cue'], 1e-4), 1 - 1e-4)
    return [1.0, np.log(odds / (1 - odds)), min(max(s['valid'], -8), 8), max(s['certainty'], -12),
            statement['form'] == 'direct', statement['form'] == 'mixed', bool(statement['source']['spans'])]


def fit(x, y, rounds=50, ridge=1e-3):
    w = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w)), x.T @ (y - p) - ridge * w)
    return w


def calibration_error(p, y, bins=10):
    order = np.argsort(p)
    rows = [(p[i].mean(), y[i].mean(), len(i)) for i in np.array_split(order, bins)]
    return sum(abs(a - b) * n for a, b, n in rows) / len(p), rows


def main(gold_path, records_path):
    records = {r['document']['id']: r for r in map(json.loads, open(records_path, encoding='utf-8'))}
    x, y, article, n_gold = [], [], [], 0
    for number, g in enumerate(map(json.loads, open(gold_path, encoding='utf-8'))):
        record = dict(records[g['id']])
        record['statements'] = [s for s in record['statements'] if not s['parent'] and s['because'].get('scores')]
        n_gold += len(g['statements'])
        for s, right in zip(record['statements'], rights(g, record)):
            x.append(features(s)); y.append(right); article.append(sum(map(ord, g['id'])) % 2)
    x, y, article = np.array(x), np.array(y, dtype=float), np.array(article)
    curve = fit(x, y)
    print('curve', [round(float(v), 3) for v in curve], 'statements', len(y), 'right', int(y.sum()))
    crossed = np.zeros(len(y))
    for half in (0, 1):
        crossed[article == half] = 1 / (1 + np.exp(-x[article == half] @ fit(x[article != half], y[article != half])))
    for bar in np.arange(0.1, 0.65, 0.05):
        kept = crossed >= bar
        p, r = y[kept].sum() / max(1, kept.sum()), y[kept].sum() / n_gold
        error, _ = calibration_error(crossed[kept], y[kept])
        print(f'bar {bar:.2f}: P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / (p + r):.1f}, calibration error of those kept {100 * error:.1f}')
    error, rows = calibration_error(crossed, y)
    print(f'expected calibration error {100 * error:.2f} points')
    for a, b, n in rows:
        print(f'  said {a:.2f}  was {b:.2f}  ({n})')


if __name__ == '__main__':
    main(*sys.argv[1:])
