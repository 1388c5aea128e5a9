"""Quotation marks → the state of each character, as crates/onrecord/src/document/quotations.rs gives it at reading time.

Only what the model's quotation feature needs: outside, inside, opening mark, closing mark. Paragraphs are matched one by one: a quotation that
runs over paragraphs carries a mark on each.
"""
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
DOUBLE_OPEN, DOUBLE_CLOSE, STRAIGHT = '“„«', '”»', '"″'
SPACE_OR_BRACKET = ' \t\xa0([{—–-/'


def quote_states(text):
    """One state a character of `text`."""
    states = bytearray(len(text))
    start = 0
    for line in text.splitlines(keepends=True):
        _paragraph(text, start, start + len(line.rstrip()), states)
        start += len(line)
    return states


def _paragraph(text, start, end, states):
    double, single, i = False, False, start
    while i < end:
        c, width = text[i], 1
        if text.startswith("''", i) or text.startswith('``', i):
            c, width = '"', 2
        before = text[i - 1] if i > start else ' '
        after = text[i + width] if i + width < end else ' '
        kind = None
        if c in DOUBLE_OPEN:
            kind = OPENING
        elif c in DOUBLE_CLOSE:
            kind = CLOSING
        elif c in STRAIGHT and not (before.isdigit() and not double):
            opens, closes = before in SPACE_OR_BRACKET and not after.isspace(), after.isspace() and before not in SPACE_OR_BRACKET
            kind = (CLOSING if double else OPENING) if opens == closes else OPENING if opens else CLOSING
            if kind == CLOSING and not double:
                kind = OPENING if not after.isspace() else CLOSING
            if kind == OPENING and double and not opens:
                kind = CLOSING
        if kind is not None:
            states[i:i + width] = bytes([kind]) * width
            double = kind == OPENING
            if not double:
                single = False
            i += width
            continue
        if c in '‘’\'' and not double:
            if not single and before in SPACE_OR_BRACKET and after.isalnum() and c != '’' and _single_closes(text, i + 1, end):
                states[i], single = OPENING, True
                i += 1
                continue
            if single and c != '‘' and not after.isalnum() and (before in '.,?!…' or not _single_closes(text, i + 1, end)):
                states[i], single = CLOSING, False
                i += 1
                continue
        states[i] = INSIDE if double or single else OUTSIDE
        i += 1


def _single_closes(text, i, end):
    """Whether a closing single mark follows before another opens, within 600 characters."""
    for j in range(i, min(end, i + 600)):
        c = text[j]
        if c in '’\'' and not text[j - 1].isspace() and not (j + 1 < end and text[j + 1].isalnum()):
            return True
        if c == '‘' and text[j - 1] in SPACE_OR_BRACKET:
            return False
    return False
