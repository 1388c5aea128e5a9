"""The project's own labelled sentences of events (events/*.txt) → the shape of the other corpora: {"id", "text", "events": [{trigger, actors, recipients, …}]}.

The markup is explained in events/README.md. `widened` puts other states, capitals and peoples in place of those a sentence names. `news` has passages of real articles,
whose labels alone are kept here (events/news-*.jsonl).
"""
import functools, json, pathlib, random, re

FOLDER = pathlib.Path(__file__).parent / 'events'
TABLES = pathlib.Path(__file__).resolve().parents[1] / 'crates/onrecord-data/tables'
MODES = {
    'AGREE': '', 'CONSULT': 'visit third-party multilateral phone', 'SUPPORT': '', 'CONCEDE': '', 'COOPERATE': '', 'AID': '',
    'RETREAT': 'withdraw release disarm ceasefire access resign', 'REQUEST': 'assist change yield meet', 'ACCUSE': 'disapprove investigate allege',
    'REJECT': 'assist change yield meet', 'THREATEN': 'restrict arrest relations expel territory violence',
    'PROTEST': 'demo riot strike hunger boycott obstruct vandalize', 'SANCTION': 'convict expel withdraw discontinue',
    'MOBILIZE': 'troops weapons police militia',
    'COERCE': 'seize restrict censor curfew martial-law arrest deport withhold misinformation cyber',
    'ASSAULT': 'abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional',
}
TYPES = list(MODES)
KINDS = [(t, m) for t in TYPES for m in ['-', *MODES[t].split()]]
TENSES, CERTAINTIES, POLARITIES = ['past', 'ongoing', 'future', 'hypothetical'], ['certain', 'probable', 'possible'], ['positive', 'negative']
CONTEXTS = ('military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations human_rights '
            'rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration '
            'disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking').split()
# The scores of a trigger as a whole, in this order: whether it is one, kind, tense, certainty, polarity, contexts.
PARTS = [('valid', 1), ('kind', len(KINDS)), ('tense', len(TENSES)), ('certainty', len(CERTAINTIES)), ('polarity', len(POLARITIES)), ('contexts', len(CONTEXTS))]
SCORES = sum(n for _, n in PARTS)
MARK = re.compile(r'\{([AERN])([\d,]*) |\}')
LABEL = re.compile(r'(\d+) (\w+) (\S+) \| (\w+) (\w+) (\w+) \| (.+)$')


class Fault(ValueError):
    pass


def parse(block):
    """One block → its text and its events. `Fault` where braces or labels are off."""
    marked, *labels = [line for line in block.split('\n') if line.strip()]
    text, spans, open_marks, last = '', {}, [], 0
    for m in MARK.finditer(marked):
        text += marked[last:m.start()]
        last = m.end()
        if m.group(1):
            open_marks.append((m.group(1), m.group(2).split(','), len(text)))
        elif not open_marks:
            raise Fault(f'closing brace without an opening one: {marked[:80]}')
        else:
            role, numbers, start = open_marks.pop()
            for number in numbers:
                spans.setdefault((role, number), []).append([start, len(text)])
    text += marked[last:]
    if open_marks or '{' in text or '}' in text:
        raise Fault(f'brace left open: {marked[:80]}')
    return text, [event(label, spans, marked) for label in labels if not label.startswith('0 ')]


def event(label, spans, marked):
    m = LABEL.match(label)
    if not m or (m.group(2), m.group(3)) not in KINDS or len(spans.get(('E', m.group(1)), [])) != 1:
        raise Fault(f'label {label!r} does not fit: {marked[:80]}')
    number, kind, mode, tense, certainty, polarity, contexts = m.groups()
    return {'trigger': spans['E', number][0], 'actors': spans.get(('A', number), []), 'recipients': spans.get(('R', number), []),
            'kind': KINDS.index((kind, mode)), 'type': TYPES.index(kind), 'tense': TENSES.index(tense), 'certainty': CERTAINTIES.index(certainty),
            'polarity': POLARITIES.index(polarity), 'contexts': [CONTEXTS.index(c) for c in contexts.split() if c != '-']}


def blocks(folder=FOLDER):
    for path in sorted(folder.glob('*.txt')):
        for block in re.split(r'\n\s*\n', path.read_text(encoding='utf-8')):
            if block.strip():
                yield block.strip()


def states():
    """(name, capital, demonym) of the states that have one of each, from the project's table."""
    out = []
    for line in (TABLES / 'states.tsv').read_text(encoding='utf-8').splitlines():
        cells = line.split('\t')
        if not line.startswith('#') and len(cells) >= 5 and cells[0] != 'name' and '-' not in (cells[3], cells[4]):
            out.append((cells[0], cells[3].split(';')[0].strip(), cells[4].split(';')[0].strip()))
    return out


def widened(block, rng, known=states()):
    """The block with other states in place of those it names, each with its capital and people; labels stay as they are."""
    text, *labels = block.split('\n')
    rows = {word: row for row in known for word in row}
    there = {rows[m.group()]: None for m in any_of(tuple(rows)).finditer(text)}
    for row, other in zip(there, rng.sample(known, len(there))):
        for old, new in zip(row, other):
            text = re.sub(rf'\b(a|an) {re.escape(old)}\b', lambda m: f'{"an" if new[0] in "AEIOU" else "a"} {new}', text)
            text = re.sub(rf'\b{re.escape(old)}\b', new, text)
    return '\n'.join([text, *labels])


@functools.cache
def any_of(words):
    """Any of these words, the longer first."""
    return re.compile(rf'\b(?:{"|".join(map(re.escape, sorted(words, key=len, reverse=True)))})\b')


def documents(rng, times=lambda text: 1, widen=0.5, together=(1, 1, 2, 3, 5, 8)):
    """Texts of one or several blocks, a block a paragraph, shuffled; some widened. `times` says how often the block of a text is taken; no text has one twice."""
    known = list(readable(blocks()))
    rounds = max((times(text) for _, text in known), default=0)
    for taken in ([block for block, text in known if times(text) > number] for number in range(rounds)):
        rng.shuffle(taken)
        while taken:
            size = rng.choice(together)
            yield document(taken[:size], rng, widen)
            taken = taken[size:]


def readable(blocks):
    """The blocks that can be read, with their texts; of the others it prints the fault."""
    for block in blocks:
        try:
            yield block, parse(block)[0]
        except Fault as fault:
            print(fault)


def document(blocks, rng, widen):
    row = {'id': 'events', 'text': '', 'events': []}
    for block in blocks:
        text, found = parse(widened(block, rng) if rng.random() < widen else block)
        start = len(row['text'])
        move = lambda spans: [[a + start, b + start] for a, b in spans]
        row['events'] += [e | {'trigger': move([e['trigger']])[0], 'actors': move(e['actors']), 'recipients': move(e['recipients'])} for e in found]
        row['text'] += text + '\n'
    return row


def news(articles, folder=FOLDER, around=300):
    """Labelled passages of these articles ({id: text}), each with some of the text before and after it, of which `labelled` says what has labels."""
    for path in sorted(folder.glob('news-*.jsonl')):
        for passage in map(json.loads, path.read_text(encoding='utf-8').splitlines()):
            start, end = passage['span']
            text = articles[passage['article']]
            first, last = whole_lines(text, start, end, around)
            move = lambda spans: [[a - first, b - first] for a, b in spans]
            found = [event(f'1 {e["label"]}', {('E', '1'): move([e['trigger']]), ('A', '1'): move(e['actors']), ('R', '1'): move(e['recipients'])}, passage['article'])
                     for e in passage['events']]
            yield {'id': passage['article'], 'text': text[first:last], 'events': found, 'labelled': [start - first, end - first], 'span': [start, end]}


def whole_lines(text, start, end, around):
    """Where the lines begin and end that lie within `around` characters of a passage; where its own line is longer, the passage stands alone on that side."""
    first = text.find('\n', max(0, start - around - 1), start) + 1
    last = text.rfind('\n', end, end + around)
    return (0 if start <= around else first or start), (len(text) if end + around >= len(text) else max(last, end))


if __name__ == '__main__':
    rows = list(documents(random.Random(1)))
    print(len(rows), 'texts,', sum(len(r['events']) for r in rows), 'events')
