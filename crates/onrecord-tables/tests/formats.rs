//! Every text format of one invented article, held against the rules of the format and against the text: emoji, an Arabic name, an accent apart from its letter, a
//! family of five code points, CRLF, a quotation over two paragraphs.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::collections::{HashMap, HashSet};

use onrecord::Record;
use onrecord_tables::Base;
use onrecord_tables::formats::{Format, Options, export};
use onrecord_tables::tables::Table;
use serde_json::{Value, json};

fn record() -> Record {
    serde_json::from_str(include_str!("fixture/harbour.jsonl")).unwrap()
}

fn written(format: Format) -> String {
    let options = Options {
        base: Base::new("https://desk.example/").unwrap(),
        title: Some("A <title>".to_owned()),
        ..Options::default()
    };
    let records = [Ok(record()), Err("a line that is no record")];
    let mut failed = Vec::new();
    let out = export(records, format, options, Vec::new(), |failure| failed.push(failure)).unwrap();
    assert_eq!(failed, ["a line that is no record"]);
    String::from_utf8(out).unwrap()
}

fn lines(format: Format) -> Vec<Value> {
    written(format).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The code points of the text from `start` to `end`.
fn words(start: &Value, end: &Value) -> String {
    let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    chars(at(start), at(end))
}

fn chars(start: usize, end: usize) -> String {
    record().document.text.chars().skip(start).take(end - start).collect()
}

const FAMILIES: &str = "“We came with our families 👨\u{200d}👩\u{200d}👧.\n\n“We leave with nothing,”";

#[test]
fn jsonl_is_the_record() {
    assert_eq!(serde_json::from_str::<Record>(&written(Format::Jsonl)).unwrap(), record());
}

#[test]
fn rows_are_told_apart_by_type_and_counted_at_the_end() {
    let text = written(Format::Rows);
    assert!(text.lines().all(|line| line.starts_with("{\"type\":\"")), "{text}");
    let lines = lines(Format::Rows);
    let kinds: Vec<&str> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    let of = |kind: &str| kinds.iter().filter(|other| **other == kind).count();
    assert_eq!(["document", "statement", "event", "event_mention", "entity", "end"].map(of), [1, 3, 3, 4, 6, 1]);
    let said = &lines[1];
    let pieces: Vec<String> =
        said["content_spans"].as_array().unwrap().iter().map(|span| words(&span["start"], &span["end"])).collect();
    assert_eq!(pieces, ["“The harbour 🌊 is open,”", "“and, =2+2, it stays open.”"]);
    assert_eq!((&said["speaker"], &said["date"]), (&json!("ليلى حدّاد"), &json!("2021-05-03")));
    assert_eq!(lines[3]["content"], FAMILIES);
    assert_eq!(lines.last().unwrap(), &json!({"type": "end", "documents": 1, "rows": 17, "offset_unit": "codepoint"}));
}

/// RFC 4180.
fn parse_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !is_quoted, "{text}");
    rows
}

#[test]
fn csv_has_a_cell_for_every_column_and_text_as_it_stands() {
    for table in Table::ALL {
        let rows = parse_csv(&written(Format::Csv(table)));
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{table:?}");
    }
    let rows = parse_csv(&written(Format::Csv(Table::Statements)));
    let cell = |row: usize, name: &str| rows[row][rows[0].iter().position(|column| column == name).unwrap()].clone();
    assert_eq!(cell(3, "content"), FAMILIES);
    let (start, end) = (cell(3, "start").parse().unwrap(), cell(3, "end").parse().unwrap());
    assert!(chars(start, end).starts_with(FAMILIES), "{}", chars(start, end));
    assert_eq!((cell(1, "speakers_country"), cell(1, "cue_spans")), ("LB".to_owned(), "146-150".to_owned()));
    assert_eq!(chars(146, 150), "said");
    let records = [Ok::<_, ()>(record())];
    let options = Options { spreadsheet: true, ..Options::default() };
    let sheet = export(records, Format::Csv(Table::Documents), options, Vec::new(), |()| ()).unwrap();
    let sheet = String::from_utf8(sheet).unwrap();
    assert!(sheet.starts_with("\u{feff}document_id,") && sheet.contains(",'=Docks & <b>harbour</b> 🌊,"), "{sheet}");
}

#[test]
fn a_web_annotation_has_what_the_recommendation_asks() {
    let lines = lines(Format::WebAnnotation);
    let mut ids = HashSet::new();
    for line in &lines {
        assert_eq!(line["@context"][0], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(line["type"], "Annotation");
        assert!(ids.insert(line["id"].as_str().unwrap().to_owned()), "{line}");
        let targets = line["target"].as_array().cloned().unwrap_or_else(|| vec![line["target"].clone()]);
        for target in targets {
            let [quote, position] = [&target["selector"][0], &target["selector"][1]];
            assert_eq!(
                (&quote["type"], &position["type"]),
                (&json!("TextQuoteSelector"), &json!("TextPositionSelector"))
            );
            let at = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
            assert_eq!(quote["exact"], chars(at("start"), at("end")));
            let [prefix, suffix] = ["prefix", "suffix"].map(|name| quote[name].as_str().unwrap().to_owned());
            assert!(chars(0, at("start")).ends_with(&prefix) && prefix.chars().count() <= 32, "{prefix:?}");
            assert!(chars(at("end"), record().document.text.chars().count()).starts_with(&suffix), "{suffix:?}");
            assert_eq!(target["source"], "https://echo.example/a?b=1&c=2");
            assert_eq!(target["state"]["sourceDate"], "2021-05-03T22:20:00Z");
        }
    }
    let motivations: Vec<&str> = lines.iter().map(|line| line["motivation"].as_str().unwrap()).collect();
    assert_eq!(motivations, [vec!["identifying"; 7], vec!["linking"; 2]].concat());
    assert_eq!(lines[0]["body"][1]["onrecord:speaker"][0]["onrecord:name"], "ليلى حدّاد");
    assert_eq!(lines[7]["body"]["id"], "https://sws.geonames.org/186301/");
}

#[test]
fn hypothesis_counts_utf_16_units() {
    let units: Vec<u16> = record().document.text.encode_utf16().collect();
    for line in lines(Format::Hypothesis) {
        let selector = &line["target"][0]["selector"];
        let at = |name: &str| usize::try_from(selector[1][name].as_u64().unwrap()).unwrap();
        assert_eq!(selector[0]["exact"], String::from_utf16(&units[at("start")..at("end")]).unwrap());
        assert_eq!(line["uri"], "https://echo.example/a?b=1&c=2");
    }
}

#[test]
fn schema_org_parts_quotations_from_claims() {
    let lines = lines(Format::SchemaOrg);
    let article = &lines[0];
    assert_eq!((&article["@context"], &article["@type"]), (&json!("https://schema.org"), &json!("NewsArticle")));
    let parts = article["hasPart"].as_array().unwrap();
    let kinds: Vec<&str> = parts.iter().map(|part| part["@type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Quotation", "Claim", "Quotation"]);
    let person = &parts[0]["spokenByCharacter"][0];
    assert_eq!((&person["@type"], &person["name"]), (&json!("Person"), &json!("ليلى حدّاد")));
    assert_eq!(parts[0]["text"], "“The harbour 🌊 is open,” … “and, =2+2, it stays open.”");
    assert_eq!(parts[1]["author"][0]["name"], "Jose\u{301} Ibarra");
    assert_eq!(parts[2]["creditText"], "officials");
    assert_eq!((&parts[0]["isBasedOn"]["@id"], &parts[0]["dateCreated"]), (&article["@id"], &json!("2021-05-03")));
    assert_eq!(article.get("dateModified"), None, "what is not known is left out");
}

#[test]
fn follow_the_money_entities_point_at_each_other() {
    let lines = lines(Format::FollowTheMoney);
    let ids: HashMap<&str, &str> =
        lines.iter().map(|line| (line["id"].as_str().unwrap(), line["schema"].as_str().unwrap())).collect();
    assert_eq!(ids.len(), lines.len());
    assert!(ids.keys().all(|id| id.len() == 40), "{ids:?}");
    let of = |schema: &str| {
        lines.iter().filter(|line| line["schema"] == schema).map(|line| &line["properties"]).collect::<Vec<_>>()
    };
    let article = of("Article")[0];
    assert_eq!((&article["fileName"], &article["language"]), (&json!(["harbour/17 α"]), &json!(["eng"])));
    for (name, schema) in [("proof", "Article"), ("document", "Article")] {
        for id in lines.iter().flat_map(|line| line["properties"][name].as_array().cloned().unwrap_or_default()) {
            assert_eq!(ids.get(id.as_str().unwrap()), Some(&schema));
        }
    }
    let notes = of("Note");
    assert_eq!(notes[0]["name"], json!(["ليلى حدّاد: “The harbour 🌊 is open,” … “and, =2+2, it stays open.”"]));
    assert_eq!(ids.get(notes[0]["entity"][0].as_str().unwrap()), Some(&"Person"));
    assert_eq!(notes[2].get("entity"), None, "nobody is named officials");
    // The denied shelling is left out, and so is the meeting to come.
    let events: Vec<&Value> = of("Event").iter().map(|event| &event["name"][0]).collect();
    assert_eq!(events, ["arrested (COERCE, arrest)"]);
    assert_eq!(of("Event")[0]["date"], json!(["2021-05-03"]));
}

#[test]
fn conllu_has_ten_columns_and_every_token_says_where_it_stands() {
    let text = written(Format::Conllu);
    assert!(
        text.starts_with("# newdoc id = harbour/17 α\n# global.Entity = eid-etype\n# offset_unit = codepoint\n"),
        "{text}"
    );
    assert!(text.ends_with("\n\n"));
    let mut quoted: HashMap<String, Vec<String>> = HashMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 10, "{line}");
        let misc: HashMap<&str, &str> = columns[9].split('|').map(|pair| pair.split_once('=').unwrap()).collect();
        let (start, end) = misc["TokenRange"].split_once(':').unwrap();
        assert_eq!(columns[1], chars(start.parse().unwrap(), end.parse().unwrap()));
        for label in misc.get("Quote").map(|labels| labels.split(',')).into_iter().flatten() {
            quoted.entry(label.split_once('-').unwrap().1.to_owned()).or_default().push(columns[1].to_owned());
        }
    }
    assert_eq!(quoted["s2"], ["that", "Kenya", "had", "shelled", "the", "port"]);
    assert_eq!(quoted["s1"].first().unwrap(), "“");
    let families = [
        "“",
        "We",
        "came",
        "with",
        "our",
        "families",
        "👨\u{200d}👩\u{200d}👧",
        ".",
        "“",
        "We",
        "leave",
        "with",
        "nothing",
        ",",
        "”",
    ];
    assert_eq!(quoted["s3"], families);
    assert!(text.contains("\tCue=B-s2|TokenRange="), "{text}");
    assert!(text.contains("|Entity=(e3-person|") || text.contains("\tEntity=(e3-person|"), "{text}");
    assert!(text.contains("Entity=e3)|Source=I-s1|"), "{text}");
}

#[test]
fn geojson_never_has_a_point_without_its_precision() {
    let collection: Value = serde_json::from_str(&written(Format::Geojson)).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    let features = collection["features"].as_array().unwrap();
    let told: Vec<_> = features
        .iter()
        .map(|feature| {
            let properties = &feature["properties"];
            assert_eq!((&feature["type"], &feature["geometry"]["type"]), (&json!("Feature"), &json!("Point")));
            assert_eq!(properties["words"], words(&properties["start"], &properties["end"]));
            (
                feature["geometry"]["coordinates"].clone(),
                properties["precision"].clone(),
                properties["role"].clone(),
                properties["confidence"].clone(),
            )
        })
        .collect();
    // Longitude first; Nairobi has no point.
    let expected = [
        (json!([39.66, -4.05]), json!("city"), json!("event_place"), json!(0.84)),
        (json!([38.0, 0.5]), json!("country"), json!("mentioned"), Value::Null),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_calendar_is_one_object_whose_lines_are_folded() {
    let text = written(Format::Icalendar);
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
            && text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"),
        "{text}"
    );
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let whole = text.replace("\r\n ", "");
    let uids: HashSet<&str> = whole.split("\r\n").filter_map(|line| line.strip_prefix("UID:")).collect();
    assert_eq!((uids.len(), whole.matches("BEGIN:VEVENT").count()), (3, 3));
    assert!(
        whole.contains("SUMMARY:ليلى حدّاد: “The harbour 🌊 is open\\,” … “and\\, =2+2\\, it stays open.”\r\n"),
        "{whole}"
    );
    assert!(whole.contains("DTSTART;VALUE=DATE:19900301\r\nSUMMARY:"), "a month has no end here: {whole}");
}

#[test]
fn a_timeline_shows_the_date_as_it_is_told() {
    let timeline: Value = serde_json::from_str(&written(Format::Timelinejs)).unwrap();
    assert_eq!(timeline["title"]["text"]["headline"], "A &lt;title&gt;");
    let events = timeline["events"].as_array().unwrap();
    let dates: Vec<_> =
        events.iter().map(|event| (event["start_date"].clone(), event["display_date"].clone())).collect();
    let day = || (json!({"year": 2021, "month": 5, "day": 3}), json!("3 May 2021"));
    assert_eq!(dates, [day(), (json!({"year": 1990, "month": 3}), json!("March 1990")), day()]);
    assert_eq!(events[2]["text"]["headline"], "ليلى حدّاد");
    let text = events[2]["text"]["text"].as_str().unwrap();
    assert!(
        text.contains("&lt;b&gt;harbour&lt;/b&gt;") && text.contains("href=\"https://echo.example/a?b=1&amp;c=2\""),
        "{text}"
    );
}

#[test]
fn the_same_records_give_the_same_bytes_and_other_bases_the_same_ids() {
    for format in [Format::Rows, Format::WebAnnotation, Format::FollowTheMoney, Format::SchemaOrg] {
        assert_eq!(written(format), written(format));
    }
    let of = |base: Base| {
        let options = Options { base, ..Options::default() };
        let out = export([Ok::<_, ()>(record())], Format::Rows, options, Vec::new(), |()| ()).unwrap();
        String::from_utf8(out).unwrap()
    };
    let urn = of(Base::default());
    assert!(urn.contains("\"permalink\":\"urn:onrecord:s/"), "{urn}");
    assert_eq!(urn.replace("urn:onrecord:", "https://desk.example/"), of(Base::new("https://desk.example").unwrap()));
}

#[test]
fn the_page_on_exports_has_every_column_of_every_table() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/exports.md")).unwrap();
    let (_, section) = page.split_once("\n## parquet\n").unwrap();
    for table in Table::ALL {
        let row = section.lines().find(|line| line.starts_with(&format!("| `{}` |", table.name()))).unwrap();
        let missing: Vec<&str> = table
            .columns()
            .iter()
            .map(|column| column.name)
            .filter(|name| !row.contains(&format!("`{name}`")))
            .collect();
        assert_eq!(missing, [""; 0], "{table:?}");
    }
}
