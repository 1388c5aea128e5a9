#!/usr/bin/env python3
"""Builds the outline of the world that the map of `onrecord serve` draws. Standard library only.

usage: build.py COUNTRIES_110M_JSON STATES_TSV OUT

COUNTRIES_110M_JSON is countries-110m.json of the npm package world-atlas 2.0.2: Natural Earth (public domain) as TopoJSON. STATES_TSV is
states.tsv of onrecord-data. README.md tells how to get them, and the layout of OUT. Same files, same bytes.
"""
import json, struct, sys

UNIT = 0.02  # degrees: about 2 km, finer than what a scale of 1:110,000,000 shows
# Names of Natural Earth that states.tsv does not have.
NAMES = {
    'Antarctica': 'AQ', 'Bosnia and Herz.': 'BA', 'Central African Rep.': 'CF', 'Congo': 'CG', 'Dem. Rep. Congo': 'CD', 'Dominican Rep.': 'DO',
    'Eq. Guinea': 'GQ', 'Falkland Is.': 'FK', 'Fr. S. Antarctic Lands': 'TF', 'Macedonia': 'MK', 'N. Cyprus': '--', 'New Caledonia': 'NC',
    'S. Sudan': 'SS', 'Solomon Is.': 'SB', 'Somaliland': '--', 'W. Sahara': 'EH',
}


def codes(path):
    """Names and other names of states by their code."""
    found = {}
    for line in open(path, encoding='utf-8'):
        if line.startswith('#') or line.startswith('name\t'):
            continue
        name, code, aliases = line.split('\t')[:3]
        for one in [name, *aliases.split(';')]:
            if code != '-' and one != '-':
                found[one] = code
    return found


def arcs(topology):
    """The lines of the topology in degrees; each ends where the next begins."""
    (scale_x, scale_y), (left, bottom) = topology['transform']['scale'], topology['transform']['translate']
    for arc in topology['arcs']:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + left, y * scale_y + bottom))
        yield line


def ring(numbers, lines):
    """A closed ring of whole units; longitudes go on past 180 where it crosses that meridian. One around a pole is led over it."""
    points = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points += line[1:] if points else line
    out, turn, before = [], 0, None
    for lon, lat in points:
        if before is not None and abs(lon - before) > 180:
            turn += 360 if lon < before else -360
        before = lon
        point = (round((lon + turn) / UNIT), round(lat / UNIT))
        if not out or out[-1] != point:
            out.append(point)
    if turn:
        pole = round((-90 if out[0][1] < 0 else 90) / UNIT)
        out += [(out[-1][0], pole), (out[0][0], pole)]
    elif len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


def varint(number):
    """Zigzag, seven bits a byte, the lowest first."""
    number = number * 2 if number >= 0 else -number * 2 - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def main(countries, states, out):
    topology = json.load(open(countries, encoding='utf-8'))
    known, lines = codes(states), list(arcs(topology))
    written, vertices = b'ONOUT001', 0
    for country in sorted(topology['objects']['countries']['geometries'], key=lambda one: one['properties']['name']):
        name = country['properties']['name']
        code = NAMES.get(name) or known[name]
        polygons = country['arcs'] if country['type'] == 'MultiPolygon' else [country['arcs']]
        rings = [ring(numbers, lines) for polygon in polygons for numbers in polygon]
        rings = [points for points in rings if len(points) > 2]
        written += code.encode() + bytes([len(rings)])
        for points in rings:
            written += struct.pack('<H', len(points))
            before = (0, 0)
            for point in points:
                written += varint(point[0] - before[0]) + varint(point[1] - before[1])
                before = point
            vertices += len(points)
    open(out, 'wb').write(written)
    print(f'{len(topology["objects"]["countries"]["geometries"])} countries, {vertices} points, {len(written)} bytes')


if __name__ == '__main__':
    main(*sys.argv[1:])
