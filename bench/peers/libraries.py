"""One Python peer over one gold set: articles as JSONL on stdin, records as JSONL on stdout, seconds on stderr. Runs in bench/peers/.venv.

    .venv/bin/python libraries.py times-recognizers | quantities-recognizers | quantities-quantulum

How an answer becomes a record stands at each function; where a library leaves a choice, the one that scores best for it is taken.
"""

import datetime
import json
import re
import sys
import time
import warnings


def times_recognizers():
    """Microsoft Recognizers-Text → TIMEX3. A weekday or day without a year is the latest one that is past, as news means it."""
    from recognizers_date_time import Culture, recognize_datetime

    def read(article):
        reference = datetime.datetime.fromisoformat((article.get("published_at") or "2000-01-01")[:10])
        found = recognize_datetime(article["text"], Culture.English, reference=reference)
        return {"times": [item for item in (timex(result, reference) for result in found) if item]}
    return read


def timex(result, reference):
    values = (result.resolution or {}).get("values") or [{}]
    past = [value for value in values if str(value.get("value") or value.get("start") or "")[:10] <= reference.date().isoformat()]
    value = (past or values)[-1]
    kind = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME", "timerange": "TIME", "datetimerange": "TIME"}
    kind = kind.get(value.get("type"), "DATE")
    if value.get("timex") == "PRESENT_REF":
        kind = "DATE"
    return {"span": [result.start, result.end + 1], "type": kind, "value": timex_value(value, reference)}


def timex_value(value, reference):
    """The TIMEX3 value: the library's own `timex` where it is complete, else what it resolves to, to the same grain."""
    timex, start = value.get("timex") or "", str(value.get("value") or value.get("start") or "")
    if value.get("type") in ("duration", "set") or timex == "PRESENT_REF":
        return re.sub(r"^XXXX-WXX-\d$", "P1W", timex)
    period = re.fullmatch(r"\((\S+?),(\S+?),(P\w+)\)", timex)
    if period and re.match(r"\d{4}-\d\d-\d\d", start):
        return {"P1Y": start[:4], "P1M": start[:7], "P3M": f"{start[:4]}-Q{(int(start[5:7]) + 2) // 3}", "P10Y": start[:3]}.get(period[3]) or (
            week_of(start) if period[3] in ("P7D", "P1W") else start[:10])
    if value.get("type") in ("time", "timerange") and timex.startswith("T"):
        return f"{reference.date().isoformat()}{grain(timex)}"
    if "X" not in timex and "(" not in timex:
        return week_of(start) if re.fullmatch(r"\d{4}-W\d\d", timex) and start[:4].isdigit() else re.sub(r"T(\d\d)$", r"T\1:00", timex)
    if re.fullmatch(r"XXXX-\d\d", timex):
        return start[:7]
    if re.fullmatch(r"\S*WXX|XXXX-W\d\d", timex):
        return week_of(start)
    return start[:10] + (grain("T" + timex.split("T", 1)[1]) if "T" in timex else "")


def grain(clock):
    return re.sub(r"^T(\d\d)$", r"T\1:00", clock)


def week_of(day):
    year, week, _ = datetime.date.fromisoformat(day[:10]).isocalendar()
    return f"{year}-W{week:02}"


def quantities_recognizers():
    """Microsoft Recognizers-Text: numbers with units first, then percentages, then numbers that are in neither and in no date."""
    from recognizers_date_time import Culture, recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension, recognize_temperature

    def read(article):
        text, taken, quantities = article["text"], [], []
        for result in recognize_datetime(text, Culture.English):
            if result.type_name.rsplit(".", 1)[-1] not in ("duration", "set"):
                taken.append((result.start, result.end + 1))
        for recognize in (recognize_currency, recognize_dimension, recognize_temperature, recognize_age, recognize_percentage, recognize_number):
            for result in recognize(text, Culture.English):
                span, resolution = (result.start, result.end + 1), result.resolution or {}
                value = number(str(resolution.get("value") or "").rstrip("%"))
                if value is None or any(span[0] < end and start < span[1] for start, end in taken):
                    continue
                taken.append(span)
                unit = "percentage" if recognize is recognize_percentage else resolution.get("unit")
                quantities.append({"span": list(span), "value": value, "upper": None, "unit": unit, "bound": "exactly", "of": None})
        return {"quantities": quantities}
    return read


def quantities_quantulum():
    """quantulum3 without its classifier. A value with an uncertainty is a range."""
    from quantulum3 import parser

    def read(article):
        quantities = []
        for found in parser.parse(article["text"]):
            spread = found.uncertainty or 0
            unit = None if found.unit.name == "dimensionless" else found.unit.name
            quantities.append({"span": list(found.span), "value": found.value - spread, "upper": found.value + spread if spread else None, "unit": unit,
                               "bound": "between" if spread else "exactly", "of": None})
        return {"quantities": quantities}
    return read


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def main():
    warnings.simplefilter("ignore")
    read = {"times-recognizers": times_recognizers, "quantities-recognizers": quantities_recognizers, "quantities-quantulum": quantities_quantulum}[sys.argv[1]]()
    read({"text": "It cost $5 on Friday.", "published_at": "2000-01-01"})  # loads what is loaded at first use
    started = time.perf_counter()
    for line in sys.stdin:
        article = json.loads(line)
        try:
            found = read(article)
        except Exception as error:  # a peer that fails on one text has found nothing there
            print(f"{article['id']}: {type(error).__name__}", file=sys.stderr)
            found = {}
        print(json.dumps({"document": {"id": article["id"]}} | found))
    print(time.perf_counter() - started, file=sys.stderr)


if __name__ == "__main__":
    main()
