"""Writes a web archive of invented news pages, shaped like those of Common Crawl's news: a gzip member for each record, requests between responses.

    python3 bench/archive.py OUT.warc.gz MIB [SEED]

Pages have menus, scripts, a body of five to fifteen paragraphs and a footer: some 60 KB, 12 KB packed. A few thousand different ones are made and written
again and again until the file has MIB mebibytes. The same arguments give the same file.
"""

import gzip
import random
import sys

PLACES = "Valmora Karst Oriel Sell Tarn Brevik Anselm Dorne Lisk Morrow Quill Ravel".split()
PEOPLE = "Ines Calder,Mara Quint,Tomas Reel,Ada Brandt,Jon Silvan,Ruth Amsel,Piet Holm,Lena Voss".split(",")
BODIES = "the water board,the harbour master,the ministry,the town council,the coast guard,a court,the union,the school board".split(",")
DONE = "closed the road,lowered the dam,raised the fare,cleared the square,sold the depot,opened an inquiry,called off the talks,cut the line".split(",")
WHEN = "on Monday,on Tuesday,late on Friday,this week,in March,two days ago,for the third time,without warning".split(",")
DIFFERENT = 3000


def sentence(rng):
    who, body, done, when = rng.choice(PEOPLE), rng.choice(BODIES), rng.choice(DONE), rng.choice(WHEN)
    figure = rng.randint(2, 9000)
    return rng.choice(
        [
            f"{body.capitalize()} {done} {when}, {who} said.",
            f"“We have {figure} people to think of,” {who} told reporters in {rng.choice(PLACES)}.",
            f"It was said to have cost {figure} crowns, according to {body}.",
            f"{who}, who speaks for {body}, denied that anybody had {done} {when}.",
            f"More than {figure} people from {rng.choice(PLACES)} and {rng.choice(PLACES)} had asked for it.",
        ]
    )


def page(rng, number):
    place = rng.choice(PLACES)
    menu = "".join(f'<li class="nav-{i}"><a href="/{rng.choice(PLACES).lower()}/{rng.randint(1, 99999)}">{rng.choice(PLACES)}</a></li>' for i in range(60))
    script = "".join(f'window.q{i}={{"k":"{rng.getrandbits(96):x}","v":[{rng.randint(0, 999)},{rng.randint(0, 999)}]}};' for i in range(700))
    text = "".join(f"<p>{' '.join(sentence(rng) for _ in range(rng.randint(2, 5)))}</p>\n" for _ in range(rng.randint(5, 15)))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{place}: {number}</title>'
        f'<meta property="article:published_time" content="2026-03-{rng.randint(1, 28):02d}T10:00:00Z"><script>{script}</script></head>'
        f'<body><nav><ul>{menu}</ul></nav><main><article><h1>{place}: {number}</h1>\n{text}</article></main>'
        f'<aside><ul>{menu}</ul></aside><footer><p>© The Courier</p></footer></body></html>'
    ).encode()


def record(kind, url, block):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-09T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)


def members(rng):
    for number in range(DIFFERENT):
        url = f"https://courier.example/{number}"
        asked = record("request", url, f"GET /{number} HTTP/1.1\r\nHost: courier.example\r\n\r\n".encode())
        body = page(rng, number)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        yield asked + record("response", url, head.encode() + body)


def main():
    path, mebibytes = sys.argv[1], int(sys.argv[2])
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    made = list(members(rng))
    size = 0
    with open(path, "wb") as out:
        while size < mebibytes << 20:
            rng.shuffle(made)
            for pair in made:
                out.write(pair)
                size += len(pair)
                if size >= mebibytes << 20:
                    break


if __name__ == "__main__":
    main()
