//! `onrecord places`: lists and maps of places. Records are written by hand, so that nothing depends on the model.

use serde_json::{Value, json};

use crate::desk::Desk;

/// "LORNE — Boats left Crimea for Nowhere Point." with a dateline, a disputed place and one that no table knows.
fn record() -> Value {
    let place = |id: &str, span: [usize; 2], name: &str, point: Option<[f64; 2]>| {
        json!({
            "id": id, "span": span, "name": name, "lat": point.map(|p| p[0]), "lon": point.map(|p| p[1]), "kind": "city", "country": "AU",
            "geonames": null, "as_actor": false, "dateline": id == "p1", "because": {"rule": "place/only"}
        })
    };
    let mut disputed = place("p2", [19, 25], "Crimea", Some([45.2, 34.3]));
    disputed["country"] = Value::Null;
    disputed["kind"] = json!("region");
    disputed["claimed_by"] = json!(["UA", "RU"]);
    json!({
        "onrecord": 1, "engine": "0", "model": "none",
        "document": {
            "id": "a", "url": null, "outlet": "Lorne Echo", "title": null, "bylines": [], "published_at": "2024-05-01",
            "published_at_basis": "given", "language": "en", "text": "LORNE — Boats left Crimea for Nowhere Point.",
            "paragraphs": [[0, 44]], "sentences": [[0, 44]]
        },
        "statements": [],
        "places": [place("p1", [0, 5], "Lorne", Some([-38.54, 143.97])), disputed, place("p3", [30, 43], "Nowhere Point", None)]
    })
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("records.jsonl", record().to_string());
    desk
}

#[test]
fn a_map_has_points_with_precision_and_nothing_else() {
    let run = desk().run(&["places", "--to", "geojson", "records.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let map: Value = serde_json::from_str(&run.out).unwrap();
    let features = map["features"].as_array().unwrap();
    assert_eq!((&map["type"], features.len()), (&json!("FeatureCollection"), 2));
    assert_eq!(features[0]["geometry"], json!({"type": "Point", "coordinates": [143.97, -38.54]}));
    let of = |key: &str| features.iter().map(|feature| feature["properties"][key].clone()).collect::<Vec<_>>();
    assert_eq!(of("precision"), ["city", "region"]);
    assert_eq!(of("role"), ["dateline", "mentioned"]);
    assert_eq!(of("permalink"), ["mht5pszv2j2qv#char=0,5", "mht5pszv2j2qv#char=19,25"]);
    assert_eq!(of("claimed_by"), [json!([]), json!(["UA", "RU"])]);
}

#[test]
fn a_map_of_nothing_is_a_map() {
    let run = desk().run(&["places", "--to", "geojson", "nowhere.jsonl"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(serde_json::from_str::<Value>(&run.out).unwrap(), json!({"type": "FeatureCollection", "features": []}));
}

#[test]
fn lists_have_every_mention() {
    let run = desk().run(&["places", "--to", "jsonl", "records.jsonl"]);
    let words: Vec<Value> = run.lines().iter().map(|line| line["words"].clone()).collect();
    assert_eq!(words, ["LORNE", "Crimea", "Nowhere Point"]);
    let run = desk().run(&["places", "--to", "csv", "records.jsonl"]);
    let rows: Vec<&str> = run.out.split("\r\n").collect();
    assert_eq!(rows.len(), 5);
    assert!(rows[0].ends_with(",permalink,id"), "{}", rows[0]);
    assert_eq!(
        rows[2],
        "a,Lorne Echo,2024-05-01,p2,19,25,Crimea,Crimea,region,,UA;RU,45.2,34.3,region,,mentioned,false,place/only,\"mht5pszv2j2qv#char=19,25\",mht5pszv2j2qv6w6yy"
    );
    assert!(rows[3].contains(",Nowhere Point,city,AU,,,,,,mentioned"), "{}", rows[3]);
}

#[test]
fn a_page_names_who_claims_a_place() {
    let run = desk().run(&["places", "records.jsonl"]);
    assert_eq!(
        run.out,
        "records.jsonl:1\n  Lorne            1×  city, AU, 38.54 S 143.97 E, dateline\n  Crimea           1×  region, claimed or held by UA, RU, 45.20 N 34.30 E\n  \
         Nowhere Point    1×  city, AU\n\n3 mentions of places in 1 article\n"
    );
}
