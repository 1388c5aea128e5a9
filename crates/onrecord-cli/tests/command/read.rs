//! `onrecord read`: inputs, formats, errors and exit codes.

use serde_json::{Value, json};

use crate::desk::{Desk, finish, line};

const TEXT: &str = "The ferry pier at Lorne will stay shut until June, the council said.\n\nNobody was hurt.\n";

#[test]
fn a_text_comes_back_exactly_as_it_was() {
    let desk = Desk::new();
    let text = "\u{feff}The pier — shut since March —\r\nstays shut.\r\n\r\n\tNobody was hurt.  \r\n";
    desk.put("pier.txt", text);
    let run = desk.run(&["read", "pier.txt"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let record = run.lines().remove(0);
    assert_eq!(record["document"]["text"], text);
    assert_eq!(record["onrecord"], 1);
    assert_eq!(desk.pipe(&["read"], text.as_bytes()).lines()[0]["document"]["text"], text);
    assert_eq!(desk.pipe(&["read", "-"], text.as_bytes()).lines()[0]["document"]["text"], text);
}

#[test]
fn whole_numbers_of_quantities_are_written_without_decimals() {
    let run = Desk::new().pipe(&["read"], "Some 1,200 crabs left, or 2.5% of them.".as_bytes());
    let quantities = &run.lines()[0]["quantities"];
    assert_eq!(quantities[0]["value"], json!(1200));
    assert_eq!(quantities[0]["bound"], "about");
    assert_eq!((&quantities[1]["value"], &quantities[1]["unit_code"]), (&json!(2.5), &json!("%")));
    assert_eq!(quantities[1]["upper"], Value::Null);
}

#[test]
fn a_date_goes_to_articles_without_one() {
    let desk = Desk::new();
    desk.put("pier.txt", TEXT);
    desk.put(
        "more.jsonl",
        format!(
            "{{\"id\":\"dated\",\"text\":\"A ferry.\",\"published_at\":\"2023-01-31\"}}\n{}",
            line("undated", "A pier.")
        ),
    );
    let run = desk.run(&["read", "--date", "2024-02-29", "pier.txt", "more.jsonl"]);
    let dates: Vec<Value> = run.lines().iter().map(|record| record["document"]["published_at"].clone()).collect();
    assert_eq!(dates, ["2024-02-29", "2023-01-31", "2024-02-29"]);
}

#[test]
fn metadata_of_a_line_is_in_its_record() {
    let fields = json!({"id": "p1", "text": TEXT, "title": "Pier shut", "published_at": "2024-03-01T08:00:00Z", "url": "https://example.org/p1", "outlet": "Lorne Echo", "tags": [1, null]});
    let run = Desk::new().pipe(&["read", "--from", "jsonl"], fields.to_string().as_bytes());
    let document = &run.lines()[0]["document"];
    for name in ["id", "text", "title", "published_at", "url", "outlet"] {
        assert_eq!(document[name], fields[name], "{name}");
    }
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Pier shut | Lorne Echo</title>
    <meta property="og:site_name" content="Lorne Echo"><meta property="article:published_time" content="2024-03-01T08:00:00Z">
    <meta name="author" content="Jane Doe"><link rel="canonical" href="https://echo.example/pier"></head><body>
    <nav><a href="/">Home</a></nav><article><p>The ferry pier at Lorne will stay shut until June, the council said on Friday, because its piles are rotten.</p>
    <p>&ldquo;Nobody was hurt, and nobody will be,&rdquo; said Ada Holm, who leads the council.</p></article></body></html>"#;

#[test]
fn of_a_page_the_main_text_is_read_and_what_it_says_of_itself() {
    let desk = Desk::new();
    desk.put("pier.html", PAGE);
    let run = desk.run(&["read", "pier.html", "--date", "2024-05-05"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let record = run.lines().remove(0);
    let document = &record["document"];
    assert!(document["text"].as_str().unwrap().starts_with("The ferry pier at Lorne"), "{document}");
    assert!(
        document["text"]
            .as_str()
            .unwrap()
            .ends_with("\n\n“Nobody was hurt, and nobody will be,” said Ada Holm, who leads the council.")
    );
    let expected = json!({"title": "Pier shut", "outlet": "Lorne Echo", "bylines": ["Jane Doe"], "language": "en-GB",
        "published_at": "2024-03-01T08:00:00Z", "published_at_basis": "page", "url": "https://echo.example/pier"});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&document[name], value, "{name}");
    }
    assert_eq!(record["statements"].as_array().unwrap().len(), 2, "{}", record["statements"]);
    let piped = desk.pipe(&["read", "--from", "html"], PAGE.as_bytes()).lines().remove(0);
    assert_eq!(piped["document"]["text"], document["text"]);
    let line = json!({"id": "p", "html": PAGE, "title": "Pier"}).to_string();
    let lined = desk.pipe(&["read"], line.as_bytes()).lines().remove(0);
    assert_eq!((&lined["document"]["title"], &lined["document"]["text"]), (&json!("Pier"), &document["text"]));
    // A record is read anew with all that the page said.
    let again = desk.pipe(&["read"], record.to_string().as_bytes()).lines().remove(0);
    assert_eq!(again, record);
}

#[test]
fn a_page_in_another_language_is_recorded_and_not_analysed() {
    let page = "<html lang=de><p>„Der Anleger bleibt bis Juni geschlossen“, sagte die Ratsvorsitzende Ada Holm am Freitag in Lorn, denn seine Pfähle seien \
        morsch, und vor dem Sommer werde niemand Zeit haben, neue zu setzen.</p>";
    let record =
        Desk::new().pipe(&["read", "--from", "html", "--date", "2024-05-05"], page.as_bytes()).lines().remove(0);
    let document = &record["document"];
    assert_eq!(
        (&document["language"], &document["published_at"], &document["published_at_basis"]),
        (&json!("de"), &json!("2024-05-05"), &json!("given"))
    );
    assert_eq!(document["paragraphs"].as_array().unwrap().len(), 1);
    for name in ["statements", "entities", "events", "times", "places", "quantities"] {
        assert_eq!(record[name], json!([]), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error_record_in_its_place() {
    let desk = Desk::new();
    desk.put("good.txt", TEXT);
    desk.put("latin1.txt", b"The caf\xe9 is shut.");
    desk.put("blank.txt", " \n\t\r\n");
    desk.put("nothing.txt", "");
    desk.put("nul.txt", b"The pier\0is shut.");
    desk.put("pier.pdf", b"%PDF-1.7\n");
    desk.put("page.html", "<script>var pier</script><p> </p>");
    desk.put("deep.htm", "<div>".repeat(600));
    desk.put("several.json", "{\n  \"text\": \"The pier is shut.\"\n}\n");
    std::fs::create_dir(desk.put("folder", "").with_extension("d")).unwrap();
    let names = [
        ("none.txt", "not_found", "no such file"),
        ("latin1.txt", "invalid_utf8", "not UTF-8 at byte 7"),
        ("blank.txt", "empty", "there is no text"),
        ("nothing.txt", "empty", "there is no text"),
        ("nul.txt", "binary", "not text: byte 8 is NUL"),
        ("pier.pdf", "binary", "looks like a PDF file"),
        ("page.html", "empty", "the page has no text"),
        ("deep.htm", "too_deep", "elements are nested more than 512 deep"),
        ("several.json", "unsupported", "JSON over several lines is not read; give one object a line"),
        ("folder.d", "is_directory", "is a directory; name the files in it"),
    ];
    let arguments: Vec<&str> =
        ["read"].into_iter().chain(names.iter().map(|(name, ..)| *name)).chain(["good.txt"]).collect();
    let run = desk.run(&arguments);
    assert_eq!(run.code, Some(1));
    let lines = run.lines();
    for ((name, kind, message), line) in names.iter().zip(&lines) {
        assert_eq!(
            *line,
            json!({"onrecord": 1, "document": {"id": name}, "error": {"kind": kind, "message": message}})
        );
        assert!(run.err.contains(&format!("onrecord: {name}: {message}\n")), "{}", run.err);
    }
    assert_eq!(lines.last().unwrap()["document"]["text"], TEXT);
    assert_eq!(lines.len(), names.len() + 1);

    let pretty = desk.run(&["read", "--to", "pretty", "blank.txt", "good.txt"]);
    assert_eq!((pretty.code, pretty.err.as_str()), (Some(1), "onrecord: blank.txt: there is no text\n"));
    assert!(pretty.out.starts_with("good.txt\n"), "{}", pretty.out);
}

#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let path = desk.put("secret.txt", TEXT);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        return; // the superuser may read everything; a unit test holds the mapping
    }
    let run = desk.run(&["read", "secret.txt"]);
    assert_eq!((run.code, run.ids()), (Some(2), vec![("secret.txt".to_owned(), Some("permission_denied".to_owned()))]));
}

#[test]
fn a_bad_line_keeps_its_place_and_the_run_goes_on() {
    let desk = Desk::new();
    let mut bytes = Vec::new();
    for part in [
        "\u{feff}".to_owned() + &line("first", "The pier is shut."),
        "\n".to_owned(),
        "{\"id\":\"cut\",\"text\":\"The pier\n".to_owned(),
        "not json\n".to_owned(),
        "{\"id\":\"no-text\"}\n   \r\n".to_owned(),
        "{\"id\":\"number\",\"text\":5}\n".to_owned(),
        "{\"id\":\"surrogate\",\"text\":\"\\ud83d alone\"}\n".to_owned(),
        "{\"id\":\"page\",\"html\":\"<p>x\"}\n".to_owned(),
        "{\"id\":\"blank\",\"text\":\" \"}\n".to_owned(),
        "{\"id\":12,\"text\":\"The pier is shut.\"}\r\n".to_owned(),
    ] {
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes.extend_from_slice(b"{\"id\":\"latin1\",\"text\":\"caf\xe9\"}\n");
    bytes.extend_from_slice(line("last", "The pier is open.").trim_end().as_bytes());
    desk.put("mixed.jsonl", &bytes);
    let expected = [
        ("first", None),
        ("cut", Some("invalid_json")),
        ("mixed.jsonl:4", Some("invalid_json")),
        ("no-text", Some("missing_text")),
        ("number", Some("missing_text")),
        ("surrogate", Some("invalid_json")),
        ("page", None),
        ("blank", Some("empty")),
        ("12", None),
        ("latin1", Some("invalid_utf8")),
        ("last", None),
    ];
    let expected: Vec<_> = expected.map(|(id, kind)| (id.to_owned(), kind.map(str::to_owned))).into();
    for threads in ["1", "3"] {
        let run = desk.run(&["read", "--threads", threads, "mixed.jsonl"]);
        assert_eq!((run.code, run.ids()), (Some(1), expected.clone()), "{threads} threads");
        assert!(run.err.contains("onrecord: mixed.jsonl:4: "), "{}", run.err);
    }
    assert_eq!(desk.pipe(&["read"], &bytes).ids()[2].0, "-:4");
}

#[test]
fn nothing_done_is_two() {
    let desk = Desk::new();
    desk.put("pier.txt", TEXT);
    let code = |arguments: &[&str]| desk.run(arguments).code;
    assert_eq!(code(&["read", "none.txt", "none.jsonl", "."]), Some(2));
    assert_eq!(code(&["read", "none.txt", "pier.txt"]), Some(1));
    assert_eq!(code(&["read", "--date", "2024-02-30", "pier.txt"]), Some(2));
    assert_eq!(code(&["read", "--date", "yesterday", "pier.txt"]), Some(2));
    assert_eq!(code(&["read", "--threads", "0", "pier.txt"]), Some(2));
    assert_eq!(code(&["read", "--to", "xml", "pier.txt"]), Some(2));
    assert_eq!(code(&["reed"]), Some(2));
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["--help"]), Some(0));
}

#[test]
fn an_empty_jsonl_is_clean_and_an_empty_text_is_not() {
    let desk = Desk::new();
    desk.put("none.jsonl", "\n\n");
    assert_eq!(
        (desk.run(&["read", "none.jsonl"]).code, desk.run(&["read", "none.jsonl"]).out),
        (Some(0), String::new())
    );
    assert_eq!(desk.run(&["read"]).ids(), [("-".to_owned(), Some("empty".to_owned()))]);
}

#[test]
fn json_is_the_same_record_indented() {
    let desk = Desk::new();
    desk.put("two.jsonl", line("a", "The pier is shut.") + "{}\n" + &line("b", "The pier is open."));
    let indented = desk.run(&["read", "--to", "json", "two.jsonl"]);
    let values: Vec<Value> =
        serde_json::Deserializer::from_str(&indented.out).into_iter().map(Result::unwrap).collect();
    assert_eq!(values, desk.run(&["read", "--to", "jsonl", "two.jsonl"]).lines());
    assert!(indented.out.starts_with("{\n  \"onrecord\": 1,\n"), "{}", indented.out);
}

#[test]
fn the_same_bytes_give_the_same_records() {
    let desk = Desk::new();
    let lines: String = (0..12).map(|n| line(&format!("n{n}"), &TEXT.repeat(1 + n % 3))).collect();
    desk.put("a.jsonl", &lines);
    let once = desk.run(&["read", "--threads", "1", "a.jsonl"]);
    assert_eq!(once.ids(), (0..12).map(|n| (format!("n{n}"), None)).collect::<Vec<_>>());
    assert_eq!(desk.run(&["read", "--threads", "1", "a.jsonl"]), once);
    assert_eq!(desk.run(&["read", "--threads", "2", "a.jsonl"]), once);
    assert_eq!(desk.pipe(&["read", "--threads", "5"], lines.as_bytes()), once);
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let desk = Desk::new();
    desk.put("a.jsonl", r#"{"id":"a","title":"Pier \u001b[5mshut\u202e","text":"The pier is shut."}"#);
    let run = |color: &str, variables: &[(&str, &str)]| {
        let mut command = desk.command(&["read", "--to", "pretty", "--color", color, "a.jsonl"]);
        command.envs(variables.iter().copied());
        finish(command, b"").out
    };
    let heading = |page: String| page.lines().next().unwrap().to_owned();
    let (plain, bold) = ("Pier ␛[5mshut", "\u{1b}[1mPier ␛[5mshut\u{1b}[0m");
    assert_eq!(heading(run("auto", &[])), plain);
    assert_eq!(heading(run("auto", &[("CLICOLOR_FORCE", "1")])), bold);
    assert_eq!(heading(run("auto", &[("CLICOLOR_FORCE", "0")])), plain);
    assert_eq!(heading(run("auto", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])), plain);
    assert_eq!(heading(run("always", &[("NO_COLOR", "1")])), bold);
    assert_eq!(heading(run("never", &[("CLICOLOR_FORCE", "1")])), plain);
}
