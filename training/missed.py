"""Which labelled texts of events the program reads wrongly: python missed.py ../target/release/onrecord work/missed.json

Writes {"sentences": [text, …], "passages": [[article, start, end], …]}: the project's own blocks and the passages of real news of which the program, at its bar, misses an event, gives it
another type, or is surer than `SURE` of one that is none. `windows.py --missed FILE` goes over them more often.
"""
import argparse, json, pathlib, subprocess, tempfile

import events, windows

SURE = 0.5


def read(binary, texts):
    """The events that the program finds in each text ({id: text}), by the text's id."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'texts.jsonl'
        path.write_text(''.join(json.dumps({'id': i, 'text': text}) + '\n' for i, text in texts.items()), encoding='utf-8')
        out = subprocess.run([binary, 'read', '--to', 'jsonl', path], stdout=subprocess.PIPE, check=True).stdout
    return {record['document']['id']: record['events'] for record in map(json.loads, out.decode().splitlines())}


def is_missed(found, labelled):
    """Whether events found and labelled ([trigger, type] each) differ."""
    overlap = lambda a, b: a[0] < b[1] and b[0] < a[1]
    there = lambda trigger, kind, events: any(overlap(trigger, e['trigger']['spans'][0]) and e['type'] == kind for e in events)
    invented = (e for e in found if e['confidence'] >= SURE and not any(overlap(e['trigger']['spans'][0], trigger) for trigger, _ in labelled))
    return not all(there(trigger, kind, found) for trigger, kind in labelled) or any(invented)


def sentences(binary):
    blocks = {str(number): events.parse(block) for number, (block, _) in enumerate(events.readable(events.blocks()))}
    found = read(binary, {i: text for i, (text, _) in blocks.items()})
    return [text for i, (text, labels) in blocks.items() if is_missed(found[i], [(e['trigger'], events.TYPES[e['type']]) for e in labels])]


def passages(binary):
    labelled = [json.loads(line) for path in sorted(events.FOLDER.glob('news-*.jsonl')) for line in path.read_text(encoding='utf-8').splitlines()]
    texts = windows.articles()
    found = read(binary, {i: texts[i] for i in {row['article'] for row in labelled}})
    out = []
    for row in labelled:
        start, end = row['span']
        inside = [e for e in found[row['article']] if start <= e['trigger']['spans'][0][0] < end]
        if is_missed(inside, [(e['trigger'], e['label'].split()[0]) for e in row['events']]):
            out.append([row['article'], start, end])
    return out


if __name__ == '__main__':
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('binary')
    p.add_argument('out', type=pathlib.Path)
    options = p.parse_args()
    found = {'sentences': sentences(options.binary), 'passages': passages(options.binary)}
    options.out.write_text(json.dumps(found), encoding='utf-8')
    print(', '.join(f'{len(rows)} {name}' for name, rows in found.items()), 'are read wrongly')
