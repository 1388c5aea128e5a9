"""The project's own labelled texts (sentences/*.txt) → the same shape as the corpus: {"id", "text", "statements": [{source, cue, content}]}.

Markup: documents are parted by a line `---`, paragraphs by a blank line; {S1 …} source, {C1 …} cue, {Q1 …} a piece of the content of statement 1;
{S1,2 …} is the source of both; a statement inside the content of another is nested.
"""
import pathlib, re

FOLDER = pathlib.Path(__file__).parent / 'sentences'
MARK = re.compile(r'\{([SCQ])([\d,]+) ?|\}')


def parse(marked):
    """Text without its marks, and its statements."""
    text, spans, open_marks, last = [], {}, [], 0
    length = 0
    for m in MARK.finditer(marked):
        piece = marked[last:m.start()]
        text.append(piece)
        length += len(piece)
        last = m.end()
        if m.group(1):
            open_marks.append((m.group(1), m.group(2).split(','), length))
        elif not open_marks:
            raise ValueError(f'closing brace without an opening one: …{marked[max(0, m.start() - 60):m.start()]}')
        else:
            role, numbers, start = open_marks.pop()
            for number in numbers:
                spans.setdefault(int(number), {'S': [], 'C': [], 'Q': []})[role].append([start, length])
    if open_marks:
        raise ValueError(f'brace left open: {open_marks}')
    text.append(marked[last:])
    statements = [{'source': s['S'], 'cue': s['C'], 'content': s['Q']} for _, s in sorted(spans.items())]
    return ''.join(text), statements


def documents():
    """Every document of every file; a faulty one is named and passed over."""
    for path in sorted(FOLDER.glob('*.txt')):
        for i, marked in enumerate(re.split(r'^---\s*$', path.read_text(encoding='utf-8'), flags=re.M)):
            try:
                text, statements = parse(marked.strip() + '\n')
            except ValueError as error:
                print(f'{path.name} document {i + 1}: {error}')
                continue
            if statements or text.strip():
                yield {'id': f'{path.stem}-{i + 1}', 'text': text, 'statements': [s for s in statements if s['content']]}


def inside(a, b):
    return all(any(s <= x and y <= e for s, e in b) for x, y in a)


def outer_and_nested(statements):
    """Statements that stand alone, and for each content the statements nested in it."""
    nested = {}
    for i, s in enumerate(statements):
        anchor = s['cue'] or s['content']
        parents = [j for j, t in enumerate(statements) if j != i and t['content'] and inside(anchor, t['content'])]
        if parents:
            parent = min(parents, key=lambda j: sum(e - b for b, e in statements[j]['content']))
            nested.setdefault(parent, []).append(i)
    inner = {i for children in nested.values() for i in children}
    return [s for i, s in enumerate(statements) if i not in inner], {j: [statements[i] for i in c] for j, c in nested.items()}
