"""How often statements of each confidence are right → a picture: docs/reliability.svg. Standard library only."""

SIZE, MARGIN = 320, 48


def parts(said, bins=10):
    """(confidence, right) pairs in bins of equal size, the least sure first."""
    said = sorted(said)
    return [said[len(said) * i // bins:len(said) * (i + 1) // bins] for i in range(bins)]


def points(said, bins=10):
    """For each bin: mean confidence, share that is right, how many."""
    mean = lambda part, at: sum(pair[at] for pair in part) / len(part)
    return [(mean(part, 0), mean(part, 1), len(part)) for part in parts(said, bins) if part]


def svg(said, bins=10):
    """The picture: a dot a bin; on the diagonal, confidence means what it says."""
    x = lambda share: round(MARGIN + share * SIZE, 1)
    y = lambda share: round(MARGIN / 2 + (1 - share) * SIZE, 1)
    width, height = SIZE + 1.5 * MARGIN, SIZE + 1.5 * MARGIN
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" font-size="12" fill="#333">',
             "<title>Confidence of statements against how often they are right</title>",
             f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
             f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" fill="none" stroke="#333"/>',
             f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#bbb" stroke-dasharray="4 4"/>']
    for tick in (0, 0.25, 0.5, 0.75, 1):
        lines.append(f'<text x="{x(tick)}" y="{y(0) + 16}" text-anchor="middle">{tick:g}</text>')
        lines.append(f'<text x="{x(0) - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    lines.append(f'<text x="{x(0.5)}" y="{y(0) + 32}" text-anchor="middle">confidence said</text>')
    lines.append(f'<text transform="translate(14 {y(0.5)}) rotate(-90)" text-anchor="middle">share that was right</text>')
    dots = points(said, bins)
    lines.append('<polyline points="' + " ".join(f"{x(a)},{y(b)}" for a, b, _ in dots) + '" fill="none" stroke="#1b6ca8" stroke-width="1.5"/>')
    lines += [f'<circle cx="{x(a)}" cy="{y(b)}" r="4" fill="#1b6ca8"><title>said {a:.2f}, was {b:.2f}, {n} statements</title></circle>' for a, b, n in dots]
    return "\n".join([*lines, "</svg>", ""])
