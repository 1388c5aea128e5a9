"""Fits the curve from head scores to the confidence of events: python event_curve.py VERDICTS.jsonl RECORDS.jsonl…

RECORDS are made with `onrecord read --least-confidence 0 --to jsonl`. VERDICTS: an event a line, `{"id": document, "span": trigger, "right": true}`; a person has said whether it is
an event of that type. Prints the constants of crates/onrecord/src/relations/events/confidence.rs (a curve fitted anew, and the present one moved and stretched to fit) and the expected calibration error (each fifth of the articles by a curve fitted on the rest).
What the table has for a trigger is not in the record; it is what the present curve, whose constants are given, must have seen to give the confidence that stands there.
"""
import json, math, sys

import numpy as np

from calibrate import calibration_error, fit

SURE, BEFORE = 0.7, (1.5, 3.0)
# The rules of events that have the curve's probability.
ALIVE = ('event/codebook', 'event/head', 'event/lexicon', 'event/refusal')
TABLE = {'so': (1.0, 0.0), 'not': (0.0, 1.0), 'otherwise': (0.0, 0.0)}


def present():
    """The constants that the program has."""
    source = open('../crates/onrecord/src/relations/events/confidence.rs', encoding='utf-8').read()
    return [float(x) for x in source.split('CURVE: [f64; 7] = [')[1].split(']')[0].split(',')]


def features(event, sure, others, curve):
    s = event['because']['scores']
    odds = min(max(s['cue'], 1e-3), 1 - 1e-3)
    row = [1.0, math.log(odds / (1 - odds)), min(max(s['valid'], -8), 8), math.log(max(s['kind'], 1e-3))]
    share = math.log((sure + BEFORE[0]) / (others - sure + BEFORE[1]))
    gives = lambda table: 1 / (1 + math.exp(-np.dot(curve, [*row, *table, share])))
    return [*row, *min(TABLE.values(), key=lambda table: abs(gives(table) - event['confidence'])), share]


def of_record(record, curve):
    """The features of every event that no rule has dropped, by its trigger."""
    alive = [e for e in record['events'] if e['because']['rule'] in ALIVE]
    own = [round(1 / (1 + math.exp(-e['because']['scores']['valid'])) * e['because']['scores']['kind'], 3) >= SURE for e in alive]
    return {tuple(e['trigger']['spans'][0]): (features(e, sum(own) - is_sure, len(alive) - 1, curve), e['confidence']) for e, is_sure in zip(alive, own)}


def main(verdicts, *records):
    curve = present()
    known = {r['document']['id']: of_record(r, curve) for path in records for r in map(json.loads, open(path, encoding='utf-8'))}
    rows = [(v['id'], *known[v['id']][tuple(v['span'])], v['right']) for v in map(json.loads, open(verdicts, encoding='utf-8')) if tuple(v['span']) in known.get(v['id'], {})]
    article, x, before, y = np.array([r[0] for r in rows]), np.array([r[1] for r in rows]), np.array([r[2] for r in rows]), np.array([float(r[3]) for r in rows])
    fifth = np.array([sum(map(ord, a)) % 5 for a in article])
    p = np.zeros(len(y))
    for part in range(5):
        p[fifth == part] = 1 / (1 + np.exp(-x[fifth == part] @ fit(x[fifth != part], y[fifth != part], ridge=0.3)))
    print('curve', [round(float(c), 3) for c in fit(x, y, ridge=0.3)], 'events', len(y), 'right', int(y.sum()))
    z = x @ np.array(curve)
    stretch = fit(np.stack([np.ones_like(z), z], 1), y, ridge=0.01)
    print('the present curve, stretched', [round(float(stretch[1] * c + stretch[0] * (at == 0)), 3) for at, c in enumerate(curve)])
    print(f'calibration error: the present curve {100 * calibration_error(before, y)[0]:.1f} points, this one {100 * calibration_error(p, y)[0]:.1f}')
    for bar in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        for name, q in (('present', before), ('this', p)):
            kept = q >= bar
            print(f'bar {bar:.2f} {name}: {int(kept.sum())} kept, {100 * y[kept].mean():.0f} % right, {100 * y[kept].sum() / y.sum():.0f} % of the right ones')


if __name__ == '__main__':
    main(*sys.argv[1:])
