"""Labelled texts → training windows: piece ids, features, cue tags, and for each cue the tags of its source and content."""
import bisect, dataclasses, json, pathlib

import reading, sentences
from model import BC, BS, IC, IS

SHARED = pathlib.Path(__file__).resolve().parents[2] / 'shared'
UNKNOWN = -100  # a tag that nothing is learnt from


@dataclasses.dataclass
class Example:
    ids: list
    features: list
    fresh: int
    flat: list       # (source, content) of any statement: 0 none, 1 source, 2 content
    cues: list       # BIO: 0 O, 1 B, 2 I
    statements: list # (first, end, [(tag, first, end)…]); None: the text is not labelled with statements
    named: list = None   # BIO of mentions.NAMED, None where not labelled
    nominal: list = None # BIO of mentions.NOMINAL
    triggers: list = None # BIO of events.TYPES; UNKNOWN where nobody has looked for events
    events: list = None  # (first, end, [(tag, first, end)…], event)


def corpus(path):
    """Rows of a statements file, one text-and-annotator a row; a row seen before is left out."""
    seen = set()
    for line in open(path, encoding='utf-8'):
        row = json.loads(line)
        key = (row['text'], row.get('annotator'))
        if key not in seen:
            seen.add(key)
            yield row


def own():
    """The project's own documents; contents that nest statements stand as texts of their own as well."""
    for row in sentences.documents():
        outer, nested = sentences.outer_and_nested(row['statements'])
        yield {'id': row['id'], 'text': row['text'], 'statements': outer}
        for parent, children in nested.items():
            start, end = row['statements'][parent]['content'][0][0], row['statements'][parent]['content'][-1][1]
            shift = lambda spans: [[a - start, b - start] for a, b in spans if start <= a and b <= end]
            yield {'id': f'{row["id"]}-q{parent}', 'text': row['text'][start:end],
                   'statements': [{k: shift(s[k]) for k in ('source', 'cue', 'content')} for s in children]}


def bio(window, spans):
    """Tags 0 O, 1 + 2k begin, 2 + 2k inside of kind k. A span that starts in the context tags nothing."""
    out = [0] * len(window.pieces)
    for start, end, kind in spans:
        r = _pieces_in(window, (start, end))
        if r:
            out[r[0]:r[1]] = [1 + 2 * kind] + [2 + 2 * kind] * (r[1] - r[0] - 1)
    return out


def merged(spans, text):
    """Spans parted only by white space become one."""
    out = []
    for a, b in sorted(map(tuple, spans)):
        if out and not text[out[-1][1]:a].strip():
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def examples(row, room=reading.WINDOW, first_room=None):
    """The windows of one labelled text."""
    return [_example(row, w) for w in reading.windows(row['text'], room, first_room)]


def _pieces_in(window, span):
    """Index range of the pieces that `span` touches, or None. O(log n) and the pieces touched."""
    pieces = window.pieces
    at = bisect.bisect_right(window.starts, span[0])
    while at > 0 and (pieces[at - 1] is None or pieces[at - 1].end > span[0]):
        at -= 1
    hit = []
    while at < len(pieces) and (pieces[at] is None or pieces[at].start < span[1]):
        if pieces[at] and pieces[at].end > span[0]:
            hit.append(at)
        at += 1
    return (hit[0], hit[-1] + 1) if hit else None


def _example(row, window):
    ids, features = reading.ids_and_features(window)
    if 'events' in row:
        return _example_of_events(row, window, ids, features)
    if 'statements' not in row:
        named, nominal = (None if row[k] is None else bio(window, row[k]) for k in ('named', 'nominal'))
        return Example(ids, features, window.fresh, None, None, None, named, nominal)
    n, text = len(window.pieces), row['text']
    flat, tags, statements = [0] * n, [0] * n, []
    for s in row['statements']:
        roles = []
        for name, tag in (('source', BS), ('content', BC)):
            for span in merged(s[name], text):
                r = _pieces_in(window, span)
                if r:
                    roles.append((tag, *r))
                    flat[r[0]:r[1]] = [1 if name == 'source' else 2] * (r[1] - r[0])
        cue = _pieces_in(window, s['cue'][0]) if s['cue'] else None
        if not cue or cue[0] < window.fresh:
            continue
        if tags[cue[0]:cue[1]] != [0] * (cue[1] - cue[0]):
            continue
        tags[cue[0]:cue[1]] = [1] + [2] * (cue[1] - cue[0] - 1)
        statements.append((*cue, roles))
    return Example(ids, features, window.fresh, flat, tags, statements)


def _example_of_events(row, window, ids, features):
    triggers, found = [0] * len(ids), []
    if 'labelled' in row:
        known = _pieces_in(window, row['labelled']) or (0, 0)
        triggers = [0 if known[0] <= i < known[1] else UNKNOWN for i in range(len(ids))]
    for e in row['events']:
        at = _pieces_in(window, e['trigger'])
        if not at or at[0] < window.fresh or any(triggers[at[0]:at[1]]):
            continue
        triggers[at[0]:at[1]] = [1 + 2 * e['type']] + [2 + 2 * e['type']] * (at[1] - at[0] - 1)
        parties = [(tag, *r) for key, tag in (('recipients', BC), ('actors', BS)) for r in (_pieces_in(window, s) for s in e[key]) if r]
        found.append((*at, parties, e))
    return Example(ids, features, window.fresh, None, None, None, triggers=triggers, events=found)


def argument_tags(roles, first, width):
    """Tags of the pieces [first, first + width) for one cue."""
    out = [0] * width
    for tag, a, b in roles:
        a, b = max(a - first, 0), min(b - first, width)
        if a < b:
            out[a:b] = [tag] + [tag + 1] * (b - a - 1)
    # Of a span that another cuts in two, the end is nobody's: a path of tags cannot come back to it.
    for at in range(1, width):
        if out[at] in (IS, IC) and out[at - 1] not in (out[at], out[at] - 1):
            out[at] = 0
    return out


assert (IS, IC) == (BS + 1, BC + 1)
