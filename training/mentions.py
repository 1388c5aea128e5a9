"""Labelled mentions → the same shape for every corpus: {"id", "text", "named": [[start, end, kind]] or None, "nominal": … or None}.

- train/entities: names in world newswire, with the corpus's own kinds. Dates and sums of money are left to rules.
- train/syntax, the GUM part with entities: noun phrases headed by a common noun ("the foreign ministry's spokeswoman"), from their first word to their
  head, kinds person, organization and place. What follows the head ("of the party", "who fled") is not part of the mention.
None means: this corpus does not say, so nothing is learnt from it.
"""
import json, re

NAMED = ['Person', 'Organization', 'Location', 'Facility', 'NORP', 'Misc', 'Product']
NOMINAL = ['person', 'organization', 'place']
POSSESSIVE = re.compile(r"(\s*['’]s?(?=\s))?\s*")
OPEN = re.compile(r'\((\d+)-([^()]*)|(\d+)\)|(\))')


def tags_of(kinds):
    """How many BIO tags a list of kinds takes: outside, then begin and inside of each."""
    return 1 + 2 * len(kinds)


def named(path):
    for line in open(path, encoding='utf-8'):
        row = json.loads(line)
        spans = [[*e['span'], NAMED.index(e['type'])] for e in row['entities'] if e['type'] in NAMED]
        yield {'id': row['id'], 'text': row['text'], 'named': spans, 'nominal': None}


def nominal(path):
    for doc in documents(path):
        spans = [[*m['base'], NOMINAL.index(m['kind'])] for m in doc['mentions'] if m['form'] == 'nominal' and m['kind'] in NOMINAL]
        yield {'id': doc['id'], 'text': doc['text'], 'named': None, 'nominal': innermost(spans, doc['text'])}


def innermost(spans, text):
    """Spans that do not overlap, the shorter kept; one that starts with another ("the party's leader") keeps what follows it."""
    out = []
    for a, b, kind in sorted(spans, key=lambda s: (s[1] - s[0], s[0])):
        inside = [y for x, y, _ in out if a <= x and y <= b]
        start = max([a, *inside])
        start += len(POSSESSIVE.match(text[start:b]).group())
        if start < b and not any(x < b and y > start for x, y, _ in out):
            out.append([start, b, kind])
    return sorted(out)


def documents(path):
    """GUM documents: text, mentions {"span", "base", "kind", "form", "entity"}; a paragraph a line, sentences parted by a space."""
    doc, sentence, paragraph = None, [], False
    for line in open(path, encoding='utf-8'):
        if line.startswith('# newdoc'):
            if doc:
                yield finished(doc)
            doc = {'id': line.split('=')[1].strip(), 'text': '', 'tokens': [], 'entity': []}
        elif line.startswith('# newpar') and not line.startswith('# newpar_block'):
            paragraph = True
        elif line[0].isdigit():
            cells = line.rstrip('\n').split('\t')
            if cells[0].isdigit():
                sentence.append(cells)
        elif not line.strip() and sentence:
            if doc['text']:
                doc['text'] = doc['text'].rstrip(' ') + ('\n' if paragraph else ' ')
            for cells in sentence:
                start = len(doc['text'])
                doc['text'] += cells[1]
                doc['tokens'].append((start, len(doc['text']), cells[3]))
                entity = re.search(r'(?:^|\|)Entity=([^|]*)', cells[9])
                doc['entity'].append(entity.group(1) if entity else '')
                doc['text'] += '' if 'SpaceAfter=No' in cells[9] else ' '
            sentence, paragraph = [], False
    if doc:
        yield finished(doc)


def finished(doc):
    """Closes the brackets of the entity column."""
    mentions, open_marks, tokens = [], [], doc['tokens']
    for at, column in enumerate(doc['entity']):
        for m in OPEN.finditer(column):
            number = m.group(3)
            if m.group(1):
                open_marks.append((m.group(1), m.group(2).split('-'), at))
                continue
            i = next((i for i in range(len(open_marks) - 1, -1, -1) if number is None or open_marks[i][0] == number), None)
            if i is not None:
                mentions.append(mention(tokens, *open_marks.pop(i), at))
    return {'id': doc['id'], 'text': doc['text'].rstrip(), 'mentions': [m for m in mentions if m]}


def mention(tokens, number, fields, first, last):
    heads = [int(x) for x in fields[4].split(',') if x.isdigit()] if len(fields) > 4 else []
    head = first + max(heads) - 1 if heads else last
    if not first <= head <= last:
        return None
    form = {'NOUN': 'nominal', 'PROPN': 'name', 'PRON': 'pronoun'}.get(tokens[head][2])
    return {'entity': number, 'kind': fields[0], 'form': form, 'span': [tokens[first][0], tokens[last][1]], 'base': [tokens[first][0], tokens[head][1]]}
