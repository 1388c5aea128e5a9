//! `onrecord export`: one invented article in every format. Records are written by hand, so that nothing depends on the model.

use serde_json::{Value, json};

use crate::desk::{Desk, Run};

/// With a character of four bytes, a tab and line ends, so that offsets are in code points and cells stay cells.
const TEXT: &str = "🌊 Kenyan police arrested 12 dockers in Mombasa on 3 May.\n\n\
    Minister Ada\tHolm of Uganda said Kenya had not shelled the port.\n\n\
    The arrests went on. The two states will meet; the UN and Peru met.";

/// The characters of `words` in the text.
fn span(words: &str) -> [usize; 2] {
    let byte = TEXT.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    let start = TEXT[..byte].chars().count();
    [start, start + words.chars().count()]
}

fn party(words: &str, entity: Option<&str>) -> Value {
    json!({"span": span(words), "entity": entity})
}

fn event(id: &str, trigger: &str, kind: &str, mode: Option<&str>, cameo: Option<&str>, quad: u8) -> Value {
    json!({
        "id": id, "trigger": {"spans": [span(trigger)]}, "type": kind, "mode": mode, "contexts": [], "cameo": cameo, "quad": quad,
        "actors": [], "recipients": [], "time": null, "place": null, "certainty": "certain", "tense": "past",
        "asserted_by": "document", "quantities": [], "confidence": 0.84, "because": {"rule": "by hand"}
    })
}

fn events() -> Vec<Value> {
    let mut arrest = event("v1", "arrested", "COERCE", Some("arrest"), Some("173"), 4);
    arrest["contexts"] = json!(["rights_freedoms", "repression"]);
    arrest["actors"] = json!([party("Kenyan police", Some("e1"))]);
    arrest["recipients"] = json!([party("12 dockers", None)]);
    (arrest["time"], arrest["place"]) = (json!("t1"), json!("p1"));
    (arrest["quantities"], arrest["toll"]) = (json!(["q1"]), json!({"arrested": ["q1"]}));
    // A denial, with a code to be found by type, mode and context.
    let mut shelling = event("v2", "shelled", "ASSAULT", Some("heavy-weapons"), None, 4);
    shelling["actors"] = json!([party("Kenya had", Some("e3"))]);
    shelling["recipients"] = json!([party("the port", None)]);
    (shelling["polarity"], shelling["asserted_by"]) = (json!("negative"), json!("s1"));
    let mut again = event("v3", "arrests", "COERCE", Some("arrest"), Some("173"), 4);
    again["same_as"] = json!("v1");
    let mut plan = event("v4", "meet", "CONSULT", None, Some("040"), 1);
    plan["tense"] = json!("future");
    let mut talks = event("v5", "met", "CONSULT", None, Some("040"), 1);
    talks["actors"] = json!([party("the UN", Some("e4")), party("Peru", Some("e5"))]);
    vec![arrest, shelling, again, plan, talks]
}

fn entity(id: &str, name: &str, kind: &str, country: &str, sector: Option<&str>, place: Option<&str>) -> Value {
    json!({"id": id, "name": name, "kind": kind, "named": true, "roles": [], "country": country, "sector": sector, "place": place, "mentions": []})
}

fn record() -> Value {
    let mut holm = entity("e2", "Ada Holm", "person", "UG", Some("GOV"), None);
    holm["roles"] = json!([{"text": "Minister", "span": span("Minister")}]);
    let whole = [0, TEXT.chars().count()];
    json!({
        "onrecord": 1, "engine": "9.9", "model": "none",
        "document": {
            "id": "a17", "url": "https://example.org/a", "outlet": "Lorne Echo", "title": "=Docks", "bylines": [],
            "published_at": "2021-05-04T01:20:00+03:00", "published_at_basis": "given", "language": "en", "text": TEXT,
            "paragraphs": [span(TEXT.split("\n\n").next().unwrap()), whole],
            "sentences": [span("🌊 Kenyan police arrested 12 dockers in Mombasa on 3 May."), span("Minister Ada\tHolm of Uganda said Kenya had not shelled the port."),
                span("The arrests went on."), span("The two states will meet; the UN and Peru met.")]
        },
        "entities": [
            entity("e1", "Kenya Police Service", "organization", "KE", Some("COP"), None), holm,
            entity("e3", "Kenya", "place", "KE", Some("GOV"), Some("p2")), entity("e4", "United Nations", "organization", "UNO", None, None),
            entity("e5", "Peru", "place", "PE", Some("GOV"), None)
        ],
        "statements": [{
            "id": "s1", "source": {"spans": [span("Minister Ada\tHolm of Uganda")], "entities": ["e2"]},
            "cue": {"spans": [span("said")], "lemma": "say", "act": "say"},
            "content": {"spans": [span("Kenya had not shelled the port")]}, "form": "indirect", "parent": null,
            "confidence": 0.9, "because": {"rule": "by hand"}
        }],
        "events": events(),
        "times": [{"id": "t1", "span": span("3 May"), "type": "DATE", "value": "2021-05-03", "mod": null, "because": {"rule": "by hand"}}],
        "places": [
            {"id": "p1", "span": span("Mombasa"), "name": "Mombasa", "lat": -4.05, "lon": 39.66, "kind": "city", "country": "KE", "geonames": 186_301,
                "as_actor": false, "because": {"rule": "by hand"}},
            {"id": "p2", "span": span("Kenya had"), "name": "Kenya", "lat": 0.5, "lon": 38.0, "kind": "country", "country": "KE", "geonames": 192_950,
                "as_actor": true, "because": {"rule": "by hand"}}
        ],
        "quantities": [{"id": "q1", "span": span("12 dockers"), "value": 12, "upper": null, "unit": "docker", "bound": "exactly", "of": null,
            "because": {"rule": "by hand"}}]
    })
}

fn run(arguments: &[&str]) -> Run {
    let desk = Desk::new();
    desk.put("records.jsonl", record().to_string());
    let run = desk.run(&[&["export", "events", "records.jsonl", "--format"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    run
}

/// The rows with a bar in place of each tab.
fn rows(arguments: &[&str]) -> Vec<String> {
    run(arguments).out.lines().map(|line| line.replace('\t', "|")).collect()
}

#[test]
fn polecat_has_its_forty_columns() {
    let expected = [
        "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|\
         Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|\
         Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|\
         Publication Date|Story People|Story Organizations|Story Locations|Language|Version",
        "ycymdxmvn2ae66dzye|2021-05-03|COERCE|arrest|-7|4|rights_freedoms; repression|Kenya Police Service|Kenya|501|COP|COP|None|\
         Kenyan police|None|12 dockers|None|None|None|None|None|12 dockers|None|Mombasa|Mombasa|None|None|Kenya|-4.05|39.66|186301|Mombasa|PPL|Lorne Echo|\
         2021-05-04|Ada Holm|Kenya Police Service; United Nations|Mombasa; Kenya|en|onrecord-9.9",
        "ycymdxmvn2ae6tblzn|2021-05-04|CONSULT|None|2.5|1|None|United Nations; Peru|UNO; Peru|None; 135|GOV|None; GOV|None|\
         the UN; Peru|None|None|None|None|None|None|None|None|None|None|None|None|None|None|None|None|None|None|None|Lorne Echo|\
         2021-05-04|Ada Holm|Kenya Police Service; United Nations|Mombasa; Kenya|en|onrecord-9.9",
    ];
    assert_eq!(rows(&["polecat"]), expected);
}

#[test]
fn icews_has_its_twenty_columns() {
    let expected = [
        "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|Target Country|Story ID|\
         Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude",
        "8254558592917282388|2021-05-03|Kenya Police Service|Police|Kenya|Arrest, detain or charge with legal action|173|-5.0|12 dockers|||a17|\
         1|Lorne Echo|Mombasa|||Kenya|-4.05|39.66",
        "222515769415659762|2021-05-04|United Nations||UNO|Consult|040|1.0|Peru|Government|Peru|a17|4|Lorne Echo||||||",
    ];
    assert_eq!(rows(&["icews"]), expected);
}

#[test]
fn gdelt_has_its_sixty_one_columns_and_no_header() {
    let expected = [
        "8254558592917282388|20210503|202105|2021|2021.3370|KENCOP|KENYA POLICE SERVICE|KEN|||||COP|||\
         |12 DOCKERS|||||||||1|173|173|17|4|-5.0|2|1|1||0||||||||0||||||||\
         4|Mombasa, Kenya|KE|||-4.05|39.66||20210503221500|https://example.org/a",
        "222515769415659762|20210504|202105|2021|2021.3397|UNO|UNITED NATIONS||UNO|||||||\
         PERGOV|PERU|PER|||||GOV|||0|040|040|04|1|1.0|1|1|1||0||||||||0||||||||0||||||||20210503221500|https://example.org/a",
    ];
    assert_eq!(rows(&["gdelt"]), expected);
}

#[test]
fn gdelt_mentions_have_exact_offsets() {
    let at = "20210503221500|20210503221500|1|Lorne Echo|https://example.org/a";
    let expected = [
        format!("8254558592917282388|{at}|1|2|25|16|1|84|191|||"),
        format!("8254558592917282388|{at}|3|-1|-1|128|1|84|191|||"),
        format!("222515769415659762|{at}|4|171|182|187|1|84|191|||"),
    ];
    assert_eq!(rows(&["gdelt-mentions"]), expected);
    let chars: Vec<char> = TEXT.chars().collect();
    let words = |start: usize, len: usize| chars[start..start + len].iter().collect::<String>();
    assert_eq!(
        [words(2, 13), words(25, 10), words(16, 8), words(128, 7)],
        ["Kenyan police", "12 dockers", "arrested", "arrests"]
    );
}

#[test]
fn what_was_denied_or_is_to_come_is_left_out_unless_it_is_asked_for() {
    let codes = |rows: Vec<String>| -> Vec<(String, String)> {
        let cells = rows.iter().skip(1).map(|row| row.split('|').collect::<Vec<_>>());
        cells.map(|cells| (cells[2].to_owned(), cells[6].to_owned())).collect()
    };
    let pair = |(name, code): (&str, &str)| (name.to_owned(), code.to_owned());
    let told = [("Kenya Police Service", "173"), ("United Nations", "040")];
    assert_eq!(codes(rows(&["icews"])), told.map(pair));
    // The second code is not in the record: type and mode give it.
    let all = [("Kenya Police Service", "173"), ("Kenya", "194"), ("", "040"), ("United Nations", "040")];
    assert_eq!(codes(rows(&["icews", "--all"])), all.map(pair));
}

#[test]
fn a_json_line_has_offsets_and_who_says_so() {
    let lines = run(&["jsonl"]).lines();
    let first = &lines[0];
    let agent = json!([{
        "code": "KEN", "sector": "COP", "entity_text": "Kenyan police", "identifier_text": "Kenya Police Service", "office": null, "start": 2, "end": 15
    }]);
    assert_eq!(first["actor"], agent);
    assert_eq!(first["event_text"], json!([{"text": "arrested", "start": 16, "end": 24}]));
    assert_eq!(first["text_info"], json!({"sequence": 1, "start": 0, "end": 56, "unit": "codepoint"}));
    assert_eq!(
        first["size"],
        json!({"arrested": [{"value": 12, "upper": null, "bound": "exactly", "text": "12 dockers", "start": 25, "end": 35}]})
    );
    assert_eq!(
        (&first["date"], &first["quad_code"], &first["event_scale"]),
        (&json!("2021-05-03"), &json!(4), &json!(-7.0))
    );
    assert_eq!(
        first["onrecord"]["mentions"],
        json!([{"event": "v1", "start": 16, "end": 24}, {"event": "v3", "start": 128, "end": 135}])
    );
    let status: Vec<_> = lines
        .iter()
        .map(|line| (line["event"].clone(), line["context"].clone(), line["onrecord"]["speaker"].clone()))
        .collect();
    let expected = [
        (json!(["COERCE"]), json!(["rights_freedoms", "repression"]), Value::Null),
        (json!(["ASSAULT"]), json!(["negation"]), json!("Ada Holm")),
        (json!(["CONSULT"]), json!(["future"]), Value::Null),
        (json!(["CONSULT"]), json!([]), Value::Null),
    ];
    assert_eq!(status, expected);
}

#[test]
fn csv_has_all_fields() {
    let out = run(&["csv"]).out;
    let rows: Vec<&str> = out.split_terminator("\r\n").collect();
    let header = "document,outlet,title,published_at,url,permalink,id,event,start,end,trigger,sentence,type,mode,contexts,quad,score,cameo,cameo_title,goldstein,\
                  actors,actor_words,actor_spans,actor_countries,actor_sectors,recipients,recipient_words,recipient_spans,recipient_countries,recipient_sectors,\
                  date,date_end,date_precision,date_from,date_words,place,place_words,place_kind,country,lat,lon,geonames,dead,dead_bound,injured,injured_bound,\
                  arrested,arrested_bound,size,size_bound,polarity,certainty,tense,asserted_by,speaker,mentions,confidence,rule";
    let source = "a17,Lorne Echo,=Docks,2021-05-04T01:20:00+03:00,https://example.org/a";
    let expected = [
        header.to_owned(),
        format!(
            "{source},\"https://example.org/a#char=16,24\",ycymdxmvn2ae66dzye,v1,16,24,arrested,\
             🌊 Kenyan police arrested 12 dockers in Mombasa on 3 May.,COERCE,arrest,rights_freedoms; repression,4,-7,173,\
             \"Arrest, detain or charge with legal action\",-5.0,Kenya Police Service,Kenyan police,2-15,KE,COP,12 dockers,12 dockers,25-35,,,\
             2021-05-03,2021-05-03,day,text,3 May,Mombasa,Mombasa,city,KE,-4.05,39.66,186301,,,,,12,exactly,,,positive,certain,past,document,,2,0.84,by hand"
        ),
        format!(
            "{source},\"https://example.org/a#char=105,112\",ycymdxmvn2ae6uvx4c,v2,105,112,shelled,\
             Minister Ada\tHolm of Uganda said Kenya had not shelled the port.,ASSAULT,heavy-weapons,,4,-9.5,194,Fight with artillery and tanks,-10.0,\
             Kenya,Kenya had,91-100,KE,GOV,the port,the port,113-121,,,2021-05-04,2021-05-04,,publication,,,,,,,,,,,,,,,,,\
             negative,certain,past,s1,Ada Holm,1,0.84,by hand"
        ),
    ];
    assert_eq!(rows[..3], expected);
    assert!(rows[4].contains(",United Nations; Peru,the UN; Peru,171-177; 182-186,UNO; PE,; GOV,"), "{}", rows[4]);
    let out = run(&["csv", "--spreadsheet"]).out;
    assert!(out.starts_with("\u{feff}document,") && out.contains("\r\na17,Lorne Echo,'=Docks,"), "{out}");
    assert!(out.contains(",KE,-4.05,39.66,"), "a number is no formula: {out}");
}

#[test]
fn ids_do_not_depend_on_what_else_is_exported() {
    let ids = |lines: &[Value]| lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let alone = ids(&run(&["jsonl"]).lines());
    // The same id and events over another text, and the article once more without what it tells first.
    let mut other = record();
    other["document"]["text"] = json!(TEXT.replace("Mombasa", "Malindi"));
    let mut fewer = record();
    fewer["events"].as_array_mut().unwrap().retain(|event| event["type"] != "COERCE");
    let run = Desk::new().pipe(&["export", "events", "-"], format!("{other}\n{fewer}\n").as_bytes());
    let both = ids(&run.lines());
    assert!(both[..4].iter().all(|id| !alone.contains(id)), "{both:?}");
    assert_eq!(both[4..], alone[1..]);
}

#[test]
fn what_is_not_known_stays_empty() {
    let desk = Desk::new();
    let mut bare = record();
    bare["document"]["published_at"] = Value::Null;
    bare["document"]["url"] = Value::Null;
    bare["document"]["outlet"] = Value::Null;
    bare["entities"] = json!([]);
    bare["places"] = json!([]);
    bare["events"] = json!([event("v1", "arrested", "COERCE", None, None, 4)]);
    desk.put("bare.jsonl", bare.to_string());
    let row = |format: &str| {
        let run = desk.run(&["export", "events", "--format", format, "bare.jsonl"]);
        let last = run.out.lines().last().unwrap_or_default().replace('\t', "|");
        last.split_once('|').unwrap_or_default().1.to_owned()
    };
    let nones = |count: usize| vec!["None"; count].join("|");
    assert_eq!(row("polecat"), format!("None|COERCE|None|-7|4|{}|en|onrecord-9.9", nones(32)));
    assert_eq!(row("icews"), "||||Coerce|170|-7.0||||a17|1|||||||");
    assert_eq!(
        row("gdelt"),
        format!("||||{}1|170|170|17|4|-7.0|1|1|1||0||||||||0||||||||0|||||||||a17", "|".repeat(20))
    );
    assert_eq!(row("gdelt-mentions"), "||2||a17|1|-1|-1|16|1|84|191|||");
}

#[test]
fn exit_codes_tell_what_failed() {
    let desk = Desk::new();
    desk.put("records.jsonl", record().to_string());
    let run = desk.run(&["export", "events", "--format", "icews", "nowhere.jsonl", "records.jsonl"]);
    assert_eq!((run.code, run.out.lines().count() > 1), (Some(1), true));
    assert!(run.err.contains("nowhere.jsonl: no such file"), "{}", run.err);
    assert_eq!(desk.run(&["export", "events", "nowhere.jsonl"]).code, Some(2));
    let run = desk.run(&["export", "events", "--format", "icews", "--spreadsheet", "records.jsonl"]);
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (Some(2), "", "onrecord: --spreadsheet is for --format csv\n")
    );
    assert_eq!(desk.run(&["export", "events", "--format", "cameo", "records.jsonl"]).code, Some(2));
}

#[test]
fn the_page_on_exports_has_every_column() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/exports.md")).unwrap();
    for (format, parted_by) in [("polecat", '\t'), ("icews", '\t'), ("csv", ',')] {
        let (_, section) = page.split_once(&format!("\n## {format}\n")).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let out = run(&[format]).out;
        let missing: Vec<&str> = out
            .lines()
            .next()
            .unwrap()
            .split(parted_by)
            .filter(|column| !section.contains(&format!("`{column}`")))
            .collect();
        assert_eq!(missing, [""; 0], "{format}");
    }
}

fn to(arguments: &[&str]) -> Run {
    let desk = Desk::new();
    desk.put("records.jsonl", record().to_string());
    desk.run(&[&["export", "records.jsonl", "--to"], arguments].concat())
}

#[test]
fn records_go_to_stdout_or_to_the_file_that_is_named() {
    let desk = Desk::new();
    desk.put("records.jsonl", record().to_string());
    let run = desk.run(&["export", "--to", "rows", "--out", "rows.jsonl", "records.jsonl"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
    let file = desk.read("rows.jsonl");
    assert_eq!(file, to(&["rows"]).out);
    let end: Value = serde_json::from_str(file.lines().last().unwrap()).unwrap();
    assert_eq!(end, json!({"type": "end", "documents": 1, "rows": 16, "offset_unit": "codepoint"}));
}

#[test]
fn the_event_formats_are_the_same_under_both_names() {
    for format in ["polecat", "icews", "gdelt", "gdelt-mentions"] {
        assert_eq!(to(&[format]), run(&[format]), "{format}");
    }
    assert_eq!(to(&["plover"]), run(&["jsonl"]));
    assert_eq!(to(&["csv", "--table", "events"]), run(&["csv"]));
}

#[test]
fn a_permalink_begins_with_what_was_asked_for() {
    let line: Value = serde_json::from_str(&to(&["schema-org", "--base-url", "https://desk.example"]).out).unwrap();
    let id = line["hasPart"][0]["@id"].as_str().unwrap();
    assert!(id.starts_with("https://desk.example/s/"), "{id}");
    let run = to(&["schema-org", "--base-url", "desk"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("\"desk\" has no scheme such as https: or urn:"), "{}", run.err);
}

#[test]
fn formats_of_several_files_need_a_new_folder() {
    let desk = Desk::new();
    desk.put("records.jsonl", record().to_string());
    for format in ["brat", "csv", "parquet"] {
        let run = desk.run(&["export", "--to", format, "records.jsonl"]);
        let told = "onrecord: this format is several files: name a new folder with --out\n";
        assert_eq!((run.code, run.err.as_str()), (Some(2), told));
        let run = desk.run(&["export", "--to", format, "--out", format, "records.jsonl"]);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
        let run = desk.run(&["export", "--to", format, "--out", format, "records.jsonl"]);
        assert_eq!(
            (run.code, run.err),
            (Some(2), format!("onrecord: {format} is not empty; name a folder that is new\n"))
        );
    }
    assert!(desk.read("brat/annotation.conf").contains("[entities]"));
    for format in ["csv", "parquet"] {
        let manifest: Value = serde_json::from_str(&desk.read(&format!("{format}/_manifest.json"))).unwrap();
        assert_eq!(manifest["files"][1]["name"], format!("statements.{format}"));
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (arguments, told) in [
        (vec!["rows", "--spreadsheet"], "--spreadsheet is for --to csv"),
        (vec!["rows", "--table", "events"], "--table is for --to csv"),
    ] {
        let run = to(&arguments);
        assert_eq!((run.code, run.err), (Some(2), format!("onrecord: {told}\n")));
    }
    assert_eq!(Desk::new().run(&["export", "--to", "rows"]).code, Some(2));
    assert_eq!(Desk::new().run(&["export", "nowhere.jsonl"]).code, Some(2));
}
