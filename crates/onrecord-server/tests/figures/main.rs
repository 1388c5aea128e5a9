//! Events, timeline and map as a browser and a program get them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;

use desk::Desk;
use serde_json::json;

#[tokio::test]
async fn an_event_is_a_sentence_with_who_tells_it_and_how_sure() {
    let desk = Desk::usual();
    let page = desk.get("/events?type=COERCE&outlet=Harbour+Post").await;
    assert_eq!(page.status, 200);
    assert!(page.holds("<span class=\"when\">10 March 2026</span>"));
    assert!(page.holds("Coerce, arrest") && page.holds("&#60;three&#62; dockers") && page.holds(">arrested</a>"));
    assert!(page.holds(">Ada Holm</a>, in <cite>Harbour Post</cite>"), "a speaker tells it");
    let denied = desk.get("/events?type=ASSAULT&limit=1").await;
    for words in ["said not to have happened", "possible", "hypothetical", "the article itself", "no day told"] {
        assert!(denied.holds(words), "{words}");
    }
    assert!(denied.holds("rel=\"next\""));
}

#[tokio::test]
async fn events_are_found_by_who_tells_them_and_by_when_they_happened() {
    let desk = Desk::usual();
    let total = async |query: &str| desk.get(&format!("/events.json?{query}")).await.json()["total"].clone();
    assert_eq!(total("").await, 6);
    assert_eq!(total("asserted=statement").await, 3);
    assert_eq!(total("asserted=article").await, 3);
    assert_eq!(total("happened_from=2026-03-10&happened_to=2026-03-10").await, 2);
    assert_eq!(total("happened_from=2026-03-01&happened_to=2026-03-31").await, 3);
    assert_eq!(total("happened_from=2026-03-01&happened_to=2026-03-31&precision=month").await, 1);
    assert_eq!(total("country=NZ&negated=false").await, 3);
    let csv = desk.get("/events.csv?asserted=statement").await;
    assert!(csv.media.starts_with("text/csv") && csv.holds("said_by") && csv.holds("Ada Holm"));
}

#[tokio::test]
async fn what_no_event_has_is_refused() {
    let desk = Desk::usual();
    for query in ["act=say", "asserted=nobody", "precision=moment", "happened_from=soon", "region=europe"] {
        assert_eq!(desk.get(&format!("/events.json?{query}")).await.status, 400, "{query}");
    }
    assert_eq!(desk.get("/events.atom").await.status, 404);
    assert_eq!(desk.get("/timeline.json?limit=5").await.status, 400);
    for query in ["region=atlantis", "at=1", "at=91,0", "zoom=1", "at=1,2&zoom=65", "after=x", "after=-1"] {
        assert_eq!(desk.get(&format!("/map.json?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn days_that_end_before_they_begin_hold_nothing() {
    let timeline = Desk::usual().get("/timeline.json?happened_from=2026-04-01&happened_to=2026-03-01").await.json();
    assert_eq!(
        (&timeline["rows"], &timeline["shown_from"], &timeline["before"]),
        (&json!([]), &json!(null), &json!(0))
    );
}

#[tokio::test]
async fn a_region_may_be_seen_from_another_point_and_enlarged() {
    let desk = Desk::usual();
    for (query, shown) in [
        ("region=europe&zoom=8", "Places around 54.0, 16.0"),
        ("region=europe&at=1,2", "Places around 1.0, 2.0"),
        ("zoom=4", "Places around 20.0, 11.0"),
        ("", "Places of the world"),
    ] {
        assert!(desk.get(&format!("/map?{query}")).await.holds(shown), "{query}");
    }
}

#[tokio::test]
async fn the_timeline_has_columns_for_days_and_a_bar_for_a_month() {
    let desk = Desk::usual();
    let timeline = desk.get("/timeline.json").await.json();
    let rows: Vec<_> = timeline["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            [&row["first"], &row["last"], &row["precision"], &row["shown_as"], &row["events"]]
                .map(ToString::to_string)
                .join(" ")
        })
        .collect();
    assert_eq!(
        rows,
        ["\"2026-03-01\" \"2026-03-31\" \"month\" \"bar\" 1", "\"2026-03-10\" \"2026-03-10\" \"day\" \"column\" 2"]
    );
    assert_eq!((&timeline["undated"], &timeline["unit"]), (&3.into(), &"day".into()));
    let page = desk.get("/timeline").await;
    assert!(page.holds("role=\"img\"") && page.holds("3 events shown") && page.holds("March 2026 · 1"));
    assert!(page.holds("told to the month") && !page.holds("style="));
    let url = timeline["rows"][1]["events_url"].as_str().unwrap();
    assert!(desk.get(url).await.holds("2 events"), "{url}");
    let csv = desk.get("/timeline.csv").await.text;
    assert_eq!(csv.lines().count(), 3);
}

#[tokio::test]
async fn the_timeline_moves_by_links_and_tells_what_lies_outside() {
    let desk = Desk::usual();
    let later = desk.get("/timeline.json?happened_from=2026-04-01&happened_to=2026-04-30").await.json();
    assert_eq!((&later["before"], &later["after"], later["rows"].as_array().unwrap().len()), (&3.into(), &0.into(), 0));
    let page = desk.get("/timeline?type=COERCE&happened_from=2026-03-01&happened_to=2026-03-31").await;
    assert!(page.holds(
        "/timeline?type=COERCE&#38;happened_from=2026-04-01&#38;happened_to=2026-05-01\" rel=\"nofollow\">Later"
    ));
    let years = desk.get("/timeline.json?happened_from=2000-01-01&happened_to=2026-12-31").await.json();
    assert_eq!((&years["unit"], &years["rows"][0]["shown_as"]), (&"year".into(), &"column".into()));
    let nothing = desk.get("/timeline?type=AID").await;
    assert!(nothing.status == 200 && nothing.holds("No event that fits has a day"));
}

#[tokio::test]
async fn the_map_tells_places_of_events_from_those_that_are_only_named() {
    let desk = Desk::usual();
    let map = desk.get("/map.json").await.json();
    let roles: Vec<_> = map["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["name"].as_str().unwrap(), row["role"].as_str().unwrap(), row["precision"].as_str().unwrap()))
        .collect();
    let expected = [
        ("Abkhazia", "event_place", "region"),
        ("Lyttelton", "event_place", "city"),
        ("Cork", "dateline", "city"),
        ("Galway", "mentioned", "city"),
        ("Wellington", "government", "city"),
    ];
    assert_eq!(roles, expected);
    let page = desk.get("/map").await;
    assert!(
        page.holds("class=\"happened\"") && page.holds("class=\"happened area\"") && page.holds("class=\"dateline\"")
    );
    assert!(page.holds("claimed or held by GE, RU") && page.holds("role=\"img\"") && !page.holds("style="));
    assert!(page.text.len() < 250_000, "{}", page.text.len());
}

#[tokio::test]
async fn a_part_of_the_world_and_a_search_have_their_own_places() {
    let desk = Desk::usual();
    let names = async |query: &str| {
        let rows = desk.get(&format!("/map.json?{query}")).await.json()["rows"].clone();
        rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("region=europe").await, ["Abkhazia", "Cork", "Galway"]);
    assert_eq!(names("at=-43,173&zoom=24").await, ["Lyttelton", "Wellington"]);
    assert_eq!(names("country=IE").await, ["Cork", "Galway"]);
    assert_eq!(names("type=COERCE").await, ["Lyttelton"]);
    assert_eq!(names("from=2026-04-01&limit=1").await, ["Abkhazia"]);
    assert_eq!(names("limit=2&after=2").await, ["Cork", "Galway"]);
    let geojson = desk.get("/map.geojson?region=europe").await;
    assert_eq!(geojson.media, "application/geo+json");
    let feature = &geojson.json()["features"][1];
    assert_eq!(
        (&feature["geometry"]["coordinates"][0], &feature["properties"]["precision"]),
        (&(-8.47).into(), &"city".into())
    );
    assert!(desk.get("/map.csv").await.holds("Lyttelton,city,NZ,,-43.6,172.72"));
}
