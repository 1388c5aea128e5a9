//! Addresses asked by `fetch` and `watch`: a web of our own on 127.0.0.1, and the setting that lets it be asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::desk::{Desk, Run, finish};

type Waiting = (String, Box<Web>, String);

/// A web of one host: answers by path, and what was asked.
#[derive(Clone)]
struct Web {
    port: u16,
    answers: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
    /// A path that is not answered before the other web was asked for another.
    waits: Arc<Mutex<Option<Waiting>>>,
}

impl Web {
    fn new() -> Web {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let web = Web { port, answers: Arc::default(), asked: Arc::default(), waits: Arc::default() };
        let served = web.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let web = served.clone();
                thread::spawn(move || {
                    let mut head = Vec::new();
                    let mut some = [0; 1024];
                    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                        match stream.read(&mut some) {
                            Ok(count) if count > 0 => head.extend_from_slice(&some[..count]),
                            _ => return,
                        }
                    }
                    let _ = stream.write_all(&web.answer(&String::from_utf8_lossy(&head)));
                });
            }
        });
        web
    }

    fn answer(&self, head: &str) -> Vec<u8> {
        let path = head.split(' ').nth(1).unwrap_or_default();
        self.asked.lock().unwrap().push(head.to_ascii_lowercase());
        let waits = self.waits.lock().unwrap().clone();
        if let Some((_, other, article)) = waits.filter(|(slow, ..)| slow == path) {
            let started = Instant::now();
            while !other.was_asked(&article) && started.elapsed() < Duration::from_secs(15) {
                thread::sleep(Duration::from_millis(10));
            }
        }
        let answer = self.answers.lock().unwrap().get(path).cloned();
        let answer = answer.unwrap_or_else(|| of("404 Not Found", ""));
        let is_known = head.to_ascii_lowercase().contains("if-none-match: \"v1\"");
        if is_known && answer.windows(4).any(|tag| tag == b"\"v1\"") { of("304 Not Modified", "") } else { answer }
    }

    fn put(&self, path: &str, head: &str, body: &str) {
        self.answers.lock().unwrap().insert(path.to_owned(), of(head, body));
    }

    /// An article of several sentences about a place.
    fn article(&self, path: &str, place: &str) {
        let sentences = format!("<p>The ferry to {place} sank on Monday, Ada Holm told reporters in the harbour.</p>")
            + &format!("<p>Nobody in {place} saw the boat, the captain, Jon Reed, said, and the search goes on.</p>")
            + &format!("<p>The mayor of {place} wants a report by Friday, and the union wants new boats.</p>");
        let page = format!(
            "<html><head><title>Ferry to {place}</title><meta property='article:published_time' content='2026-03-09T10:00:00Z'></head>\
             <body><article><h1>Ferry to {place}</h1>{sentences}</article></body></html>"
        );
        self.put(path, "200 OK\r\nContent-Type: text/html; charset=utf-8", &page);
    }

    /// A feed with a link to each path.
    fn feed(&self, path: &str, links: &[&str]) {
        let items: String = links
            .iter()
            .map(|link| {
                format!("<item><guid>{link}</guid><title>About {link}</title><link>{}</link></item>", self.url(link))
            })
            .collect();
        let feed = format!("<rss><channel><title>The Courier</title>{items}</channel></rss>");
        self.put(path, "200 OK\r\nContent-Type: application/rss+xml", &feed);
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn times_asked(&self, path: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|head| head.split(' ').nth(1) == Some(path)).count()
    }

    fn was_asked(&self, path: &str) -> bool {
        self.times_asked(path) > 0
    }
}

fn of(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A desk from which these webs may be asked, without a pause.
fn desk(webs: &[&Web]) -> Desk {
    let desk = Desk::new();
    let allowed: Vec<String> = webs.iter().map(|web| format!("127.0.0.1:{}", web.port)).collect();
    desk.put("onrecord.toml", format!("[fetch]\nallow = \"{}\"\npause-seconds = 0\n", allowed.join(", ")));
    desk
}

/// The command with the quick stand-in for the reader model, in builds that have it.
fn command(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = desk.command(arguments);
    command.env("ONRECORD_QUICK_READER", "1");
    command
}

fn run(desk: &Desk, arguments: &[&str]) -> Run {
    finish(command(desk, arguments), b"")
}

/// The addresses of the articles in the store, sorted.
fn stored(desk: &Desk) -> Vec<String> {
    let records = desk.run(&["records"]).lines();
    let mut urls: Vec<String> =
        records.iter().map(|record| record["document"]["url"].as_str().unwrap_or_default().to_owned()).collect();
    urls.sort();
    urls
}

fn opml(urls: &[String]) -> String {
    let outlines: String = urls.iter().map(|url| format!("<outline type='rss' xmlUrl='{url}'/>")).collect();
    format!("<opml version='2.0'><body>{outlines}</body></opml>")
}

#[test]
fn a_page_becomes_a_line_that_add_takes() {
    let web = Web::new();
    web.article("/ferry", "Selby");
    let desk = desk(&[&web]);
    let fetched = run(&desk, &["fetch", "--user-agent", "desk/1.0 (+https://desk.example)", &web.url("/ferry")]);
    assert_eq!((fetched.code, fetched.err.as_str()), (Some(0), ""));
    let line = &fetched.lines()[0];
    let text = |name: &str| line[name].as_str().unwrap_or_default();
    assert_eq!((text("id"), text("url")), (web.url("/ferry").as_str(), web.url("/ferry").as_str()));
    assert_eq!((text("title"), text("published_at")), ("Ferry to Selby", "2026-03-09T10:00:00Z"));
    assert!(text("text").contains("Nobody in Selby saw the boat"), "{line}");
    assert!(web.asked.lock().unwrap().iter().all(|head| head.contains("user-agent: desk/1.0 (+https://desk.example)")));
    let added = finish(command(&desk, &["add", "-"]), fetched.out.as_bytes());
    assert_eq!(added.out, "added 1 of 1 document to onrecord.db\n", "{}", added.err);
    assert_eq!(desk.run(&["records"]).lines()[0]["document"]["title"], "Ferry to Selby");
    let texts = run(&desk, &["fetch", "--to", "text", &web.url("/ferry"), &web.url("/ferry")]);
    assert_eq!(texts.out, format!("{0}\n\n{0}\n", text("text").trim_end()));
}

#[test]
fn a_feed_and_a_sitemap_are_listed_and_their_articles_come_only_when_they_are_followed() {
    let web = Web::new();
    web.feed("/feed", &["/ferry", "/bridge"]);
    web.article("/ferry", "Selby");
    web.article("/bridge", "Goole");
    web.put(
        "/map.xml",
        "200 OK\r\nContent-Type: application/xml",
        &format!("<urlset><url><loc>{}</loc></url></urlset>", web.url("/bridge")),
    );
    let desk = desk(&[&web]);
    let listed = run(&desk, &["fetch", &web.url("/feed"), &web.url("/map.xml")]);
    assert_eq!((listed.code, listed.err.as_str()), (Some(0), ""));
    let urls: Vec<Value> = listed.lines().iter().map(|line| line["url"].clone()).collect();
    assert_eq!(urls, [web.url("/ferry"), web.url("/bridge"), web.url("/bridge")]);
    let first = &listed.lines()[0];
    assert_eq!((first["title"].as_str(), first["outlet"].as_str()), (Some("About /ferry"), Some("The Courier")));
    assert!(first.get("text").is_none() && !web.was_asked("/ferry"), "{first}");
    let texts = run(&desk, &["fetch", "--to", "text", &web.url("/feed")]);
    assert_eq!(texts.out, format!("{}\n{}\n", web.url("/ferry"), web.url("/bridge")));
    let followed = run(&desk, &["fetch", "--follow", &web.url("/feed"), &web.url("/map.xml")]);
    assert_eq!((followed.code, followed.err.as_str()), (Some(0), ""));
    let titles: Vec<Value> = followed.lines().iter().map(|line| line["title"].clone()).collect();
    assert_eq!(titles, ["Ferry to Selby", "Ferry to Goole", "Ferry to Goole"]);
}

#[test]
fn what_could_not_be_had_is_told_with_its_code() {
    let web = Web::new();
    web.article("/ferry", "Selby");
    web.put("/robots.txt", "200 OK", "User-agent: *\nDisallow: /private");
    let desk = desk(&[&web]);
    let some =
        run(&desk, &["fetch", &web.url("/gone"), &web.url("/private/a"), "http://10.0.0.1/", &web.url("/ferry")]);
    assert_eq!((some.code, some.lines().len()), (Some(1), 1));
    let told: Vec<&str> = some.err.lines().collect();
    assert_eq!(
        told,
        [
            format!("onrecord: http_status: {}: the server answered 404", web.url("/gone")),
            format!("onrecord: disallowed: {}: the site's robots.txt asks to stay away", web.url("/private/a")),
            "onrecord: forbidden: http://10.0.0.1/: the address is not of the open internet: private".to_owned(),
        ]
    );
    assert!(!web.was_asked("/private/a"));
    assert_eq!(run(&desk, &["fetch", &web.url("/gone")]).code, Some(2));
    let mut elsewhere = Desk::new().command(&["fetch", &web.url("/ferry")]);
    elsewhere.current_dir("/");
    let refused = finish(elsewhere, b"");
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.starts_with("onrecord: forbidden: http://127.0.0.1:"), "{}", refused.err);
    let odd = run(&desk, &["fetch", "--pause", "soon", &web.url("/ferry")]);
    assert_eq!(
        (odd.code, odd.err.as_str()),
        (Some(2), "onrecord: flag: fetch.pause-seconds is \"soon\", but takes a number from 0 to 3600\n")
    );
}

#[test]
fn new_entries_of_feeds_come_once() {
    let web = Web::new();
    web.feed("/feed", &["/ferry", "/bridge"]);
    web.article("/ferry", "Selby");
    web.article("/bridge", "Goole");
    web.article("/tunnel", "Whitby");
    let desk = desk(&[&web]);
    let watch = ["watch", "--once", &web.url("/feed")];
    let first = run(&desk, &watch);
    assert_eq!((first.code, first.out.as_str()), (Some(0), "added 2 of 2 documents to onrecord.db\n"), "{}", first.err);
    assert_eq!(stored(&desk), [web.url("/bridge"), web.url("/ferry")]);
    let again = run(&desk, &watch);
    assert_eq!((again.code, again.out.as_str()), (Some(0), "added 0 of 0 documents to onrecord.db\n"), "{}", again.err);
    web.feed("/feed", &["/tunnel", "/ferry", "/bridge"]);
    assert_eq!(run(&desk, &watch).out, "added 1 of 1 document to onrecord.db\n");
    assert_eq!((web.times_asked("/ferry"), web.times_asked("/tunnel")), (1, 1));
    let kept = onrecord_store::Store::open(desk.put("note.txt", "").with_file_name("onrecord.db")).unwrap();
    let reading = kept.readers().get(None).unwrap();
    let sql = "SELECT count(*) FROM documents WHERE origin = ?";
    let of_feed: i64 = reading.query_row(sql, [web.url("/feed")], |row| row.get(0)).unwrap();
    assert_eq!(of_feed, 3, "it is known which feed brought them");
}

#[test]
fn a_feed_that_is_as_it_was_is_not_sent_again() {
    let web = Web::new();
    let entry = format!("<item><guid>1</guid><link>{}</link></item>", web.url("/ferry"));
    let feed = format!("<rss><channel>{entry}</channel></rss>");
    web.put("/feed", "200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"v1\"", &feed);
    web.article("/ferry", "Selby");
    let desk = desk(&[&web]);
    run(&desk, &["watch", "--once", &web.url("/feed")]);
    let again = run(&desk, &["watch", "--once", &web.url("/feed")]);
    assert_eq!(again.out, "added 0 of 0 documents to onrecord.db; 1 feeds unchanged\n", "{}", again.err);
}

#[test]
fn an_article_that_could_not_be_had_for_a_while_comes_again_and_goes_off_the_list() {
    let web = Web::new();
    web.feed("/feed", &["/ferry", "/gone"]);
    web.put("/ferry", "502 Bad Gateway", "");
    let desk = desk(&[&web]);
    let watch = ["watch", "--once", &web.url("/feed")];
    let first = run(&desk, &watch);
    assert_eq!(first.code, Some(1));
    assert!(first.err.contains("the server answered 502"), "{}", first.err);
    web.article("/ferry", "Selby");
    web.feed("/feed", &["/new", "/ferry", "/gone"]);
    web.article("/new", "Goole");
    let second = run(&desk, &watch);
    assert_eq!(
        (second.code, second.out.as_str()),
        (Some(0), "added 2 of 2 documents to onrecord.db\n"),
        "{}",
        second.err
    );
    let left = desk.run(&["errors", "--json"]).lines();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!((left[0]["code"].as_str(), left[0]["origin"].as_str()), (Some("http_status"), Some(&*web.url("/gone"))));
    assert_eq!(web.times_asked("/gone"), 1, "what is gone is not asked for again");
}

#[test]
fn a_broken_feed_of_a_list_is_told_and_the_others_are_read() {
    let web = Web::new();
    web.feed("/feed", &["/ferry"]);
    web.article("/ferry", "Selby");
    web.put("/broken", "200 OK", "<html><p>no feed");
    let desk = desk(&[&web]);
    desk.put("feeds.opml", opml(&[web.url("/gone"), web.url("/broken"), web.url("/feed"), web.url("/feed")]));
    let once = run(&desk, &["watch", "--once", "feeds.opml"]);
    assert_eq!(
        (once.code, once.out.as_str()),
        (Some(1), "added 1 of 3 documents to onrecord.db; 2 could not be read (onrecord errors lists them)\n"),
        "{}",
        once.err
    );
    let codes: Vec<Value> = desk.run(&["errors", "--json"]).lines().iter().map(|line| line["code"].clone()).collect();
    assert_eq!(codes, ["malformed", "http_status"]);
    web.feed("/broken", &[]);
    web.feed("/gone", &[]);
    assert_eq!(run(&desk, &["watch", "--once", "feeds.opml"]).code, Some(0));
    assert_eq!(desk.run(&["errors"]).out, "");
    for (list, message) in [("none.opml", "none.opml: "), ("onrecord.toml", "onrecord.toml: ")] {
        let run = run(&desk, &["watch", "--once", list]);
        assert_eq!(run.code, Some(2), "{list}");
        assert!(run.err.starts_with(&format!("onrecord: {message}")), "{}", run.err);
    }
}

#[test]
fn a_slow_feed_does_not_keep_those_of_other_hosts_waiting() {
    let (slow, fast) = (Web::new(), Web::new());
    slow.feed("/feed", &[]);
    fast.feed("/feed", &["/ferry"]);
    fast.article("/ferry", "Selby");
    *slow.waits.lock().unwrap() = Some(("/feed".to_owned(), Box::new(fast.clone()), "/ferry".to_owned()));
    let desk = desk(&[&slow, &fast]);
    let started = Instant::now();
    let once = run(&desk, &["watch", "--once", &slow.url("/feed"), &fast.url("/feed")]);
    assert_eq!(once.out, "added 1 of 1 document to onrecord.db\n", "{}", once.err);
    assert!(started.elapsed() < Duration::from_secs(12), "the article came while the slow feed had not answered");
}

#[test]
fn only_what_the_feed_holds_comes_where_links_are_not_followed() {
    let web = Web::new();
    web.feed("/feed", &["/ferry"]);
    web.article("/ferry", "Selby");
    let desk = desk(&[&web]);
    let once = run(&desk, &["watch", "--once", "--no-follow", &web.url("/feed")]);
    assert_eq!(once.out, "added 0 of 0 documents to onrecord.db; 1 no documents, passed over\n", "{}", once.err);
    assert!(!web.was_asked("/ferry"));
}

#[test]
fn killed_between_rounds_nothing_is_doubled_and_ctrl_c_ends_with_a_summary() {
    let web = Web::new();
    web.feed("/feed", &["/ferry", "/bridge"]);
    web.article("/ferry", "Selby");
    web.article("/bridge", "Goole");
    let desk = desk(&[&web]);
    let url = web.url("/feed");
    let start = |every: &str| {
        let mut command = command(&desk, &["watch", "--every", every, &url]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        (child, out, line)
    };
    let (mut child, _, line) = start("1h");
    assert_eq!(line, "added 2 of 2 documents to onrecord.db\n");
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, mut out, line) = start("1s");
    assert_eq!(line, "added 0 of 0 documents to onrecord.db\n");
    web.article("/tunnel", "Whitby");
    web.feed("/feed", &["/tunnel", "/ferry", "/bridge"]);
    let mut line = String::new();
    while !line.starts_with("added 1 of 1") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "it goes on until it is stopped");
    }
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let last = rest.lines().last().unwrap();
    assert!(last.contains(" rounds: added 1 of 1 document to onrecord.db"), "{rest}");
    assert_eq!(stored(&desk), [web.url("/bridge"), web.url("/ferry"), web.url("/tunnel")]);
}

#[cfg(feature = "failpoints")]
#[test]
fn killed_within_a_round_nothing_is_lost_or_doubled() {
    let links = ["/a", "/b", "/c"];
    for place in ["feed/entry=abort@2", "feed/entry_noted=abort@3", "feed/note=abort", "keeper/committed=abort"] {
        let web = Web::new();
        web.feed("/feed", &links);
        for (path, place) in links.iter().zip(["Selby", "Goole", "Whitby"]) {
            web.article(path, place);
        }
        let desk = desk(&[&web]);
        let mut killed = command(&desk, &["watch", "--once", &web.url("/feed")]);
        killed.env("ONRECORD_FAIL", place);
        assert_eq!(finish(killed, b"").code, None, "{place}");
        let again = run(&desk, &["watch", "--once", &web.url("/feed")]);
        assert_eq!(again.code, Some(0), "{place}: {}", again.err);
        assert_eq!(stored(&desk), links.map(|path| web.url(path)), "{place}");
    }
}
