//! No test here asks anything but 127.0.0.1, and that only where it says so.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::guard::{self, Guard};
use super::hosts::Hosts;
use super::{Answer, Fetched, Fetcher, Manners, Request};
use crate::found::{Reason, Refusal};
use crate::limits::Limits;

const HOME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Answers by path, on a port of 127.0.0.1; the paths asked for are kept with their heads.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    /// How many it answered at the same time, at most.
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn new(answers: &[(&str, Vec<u8>)]) -> Server {
        let listener = TcpListener::bind((HOME, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answers: HashMap<String, Vec<u8>> =
            answers.iter().map(|(path, answer)| ((*path).to_owned(), of_port(answer, port))).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        let (now, most_at_once) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let most = Arc::clone(&most_at_once);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (answers, kept) = (answers.clone(), Arc::clone(&kept));
                let (now, most) = (Arc::clone(&now), Arc::clone(&most));
                thread::spawn(move || {
                    let mut head = Vec::new();
                    let mut some = [0; 1024];
                    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                        match stream.read(&mut some) {
                            Ok(count) if count > 0 => head.extend_from_slice(some.get(..count).unwrap()),
                            _ => return,
                        }
                    }
                    let head = String::from_utf8_lossy(&head).into_owned();
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    kept.lock().unwrap().push(head);
                    match path.as_str() {
                        "/drip" => {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                            while stream.write_all(b".").is_ok() {
                                thread::sleep(Duration::from_millis(20));
                            }
                        }
                        "/endless" => {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                            while stream.write_all(&[b'.'; 4096]).is_ok() {}
                        }
                        path => {
                            let none =
                                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
                            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                            thread::sleep(Duration::from_millis(2));
                            now.fetch_sub(1, Ordering::SeqCst);
                            let _ = stream.write_all(answers.get(path).unwrap_or(&none));
                        }
                    }
                });
            }
        });
        Server { port, asked, most_at_once }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn fetcher(&self) -> Fetcher {
        self.fetcher_within(&Limits::default())
    }

    fn fetcher_within(&self, limits: &Limits) -> Fetcher {
        let manners =
            Manners { pause: Duration::ZERO, allowed: vec![SocketAddr::new(HOME, self.port)], ..Manners::default() };
        Fetcher::new(manners, limits)
    }

    fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|head| head.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }
}

fn of_port(answer: &[u8], port: u16) -> Vec<u8> {
    match std::str::from_utf8(answer) {
        Ok(text) => text.replace("PORT", &port.to_string()).into_bytes(),
        Err(_) => answer.to_vec(),
    }
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn fetched(answer: Result<Answer, Refusal>) -> Fetched {
    match answer {
        Ok(Answer::Fetched(fetched)) => fetched,
        other => panic!("{other:?}"),
    }
}

fn reason(answer: Result<Answer, Refusal>) -> Reason {
    answer.map(|answer| format!("{answer:?}")).unwrap_err().reason
}

/// Spellings of addresses that must not be asked, and what else is not to be fetched.
const REFUSED: [&str; 64] = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://0x7F.0x0.0x0.0x1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.0.0.0x1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://127.0.0.1./",
    "http://%31%32%37.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0x0/",
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://167772161/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://2852039166/",
    "http://169.254.170.2/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.0.0.1/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://192.168.0.1/",
    "http://192.168.255.255/",
    "http://198.18.0.1/",
    "http://198.19.255.255/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[100::1]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[2002:7f00:1::]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
];

#[test]
fn no_spelling_of_an_address_within_gets_past() {
    let fetcher = Fetcher::new(Manners::default(), &Limits::default());
    for url in REFUSED {
        let refusal = fetcher.fetch(&Request::new(url)).map(|_| ()).unwrap_err();
        assert_eq!(refusal.reason, Reason::Forbidden, "{url}: {refusal}");
    }
    let others = [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://courier.example/",
        "data:text/html,x",
        "http://courier.example:22/",
        "http:///",
        "//courier.example/",
        "http://user@courier.example/",
        "http://courier.example@127.0.0.1/",
        "javascript:alert(1)",
        "",
    ];
    for url in others {
        assert_eq!(reason(fetcher.fetch(&Request::new(url))), Reason::Forbidden, "{url}");
    }
    for url in [
        "http://93.184.215.14/",
        "http://[2606:4700::1111]/",
        "https://courier.example/a?b#c",
        "http://172.32.0.1/",
        "http://100.128.0.1/",
    ] {
        assert!(fetcher.parse(url).is_ok(), "{url} is of the open internet");
    }
}

/// Names whose addresses a hostile server chooses: the first time one of the open internet, then one within.
#[derive(Debug)]
struct Rebinding(Mutex<Vec<SocketAddr>>);

impl Resolver for Rebinding {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        for address in self.0.lock().unwrap().iter() {
            found.push(*address);
        }
        Ok(found)
    }
}

#[test]
fn a_name_that_leads_within_is_refused_where_it_is_resolved() {
    for within in ["127.0.0.1:80", "169.254.169.254:80", "[::1]:80", "[::ffff:10.0.0.1]:80"] {
        let names = Rebinding(Mutex::new(vec![within.parse().unwrap()]));
        let mut fetcher = Fetcher::new(Manners::default(), &Limits::default());
        fetcher.agent = guard::agent(&fetcher.manners, Guard { names, ports: vec![80, 443], allowed: Vec::new() });
        let refusal = fetcher.fetch(&Request::new("http://rebinding.example/")).map(|_| ()).unwrap_err();
        assert_eq!(refusal.reason, Reason::Forbidden, "{within}: {refusal}");
    }
}

#[test]
fn an_address_of_ones_own_is_allowed_on_its_port_alone() {
    let own = SocketAddr::from(([10, 0, 0, 7], 8080));
    let manners = Manners { allowed: vec![own], ..Manners::default() };
    let fetcher = Fetcher::new(manners.clone(), &Limits::default());
    assert!(fetcher.parse("http://10.0.0.7:8080/").is_ok());
    for url in ["http://10.0.0.7/", "http://10.0.0.8:8080/", "http://93.184.215.14:8080/"] {
        assert_eq!(fetcher.parse(url).map_err(|refusal| refusal.reason), Err(Reason::Forbidden), "{url}");
    }
    // A name says nothing before it is resolved: then only what is allowed is left.
    let server = Server::new(&[("/a", answer("200 OK", b"a"))]);
    let url = format!("http://archive.example:{}/a", server.port);
    let asked = |address: SocketAddr| {
        let mut fetcher = server.fetcher();
        let Manners { ports, allowed, .. } = fetcher.manners.clone();
        let names = Rebinding(Mutex::new(vec![address]));
        fetcher.agent = guard::agent(&fetcher.manners, Guard { names, ports, allowed });
        fetcher.fetch(&Request::new(url.clone()))
    };
    assert_eq!(fetched(asked(SocketAddr::new(HOME, server.port))).body, b"a");
    assert_eq!(reason(asked(SocketAddr::from(([93, 184, 215, 14], server.port)))), Reason::Forbidden);
}

#[test]
fn localhost_is_a_name_that_leads_within() {
    let fetcher = Fetcher::new(Manners::default(), &Limits::default());
    assert_eq!(reason(fetcher.fetch(&Request::new("http://localhost/"))), Reason::Forbidden);
}

#[test]
fn a_page_is_fetched_with_its_tags_and_not_again() {
    let page = answer("200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"v1\"", b"<p>The ferry sank.");
    let server = Server::new(&[("/ferry", page), ("/known", answer("304 Not Modified", b""))]);
    let fetcher = server.fetcher();
    let page = fetched(fetcher.fetch(&Request::new(server.url("/ferry"))));
    assert_eq!((page.body.as_slice(), page.etag.as_deref()), (&b"<p>The ferry sank."[..], Some("\"v1\"")));
    assert_eq!(page.hints().charset.as_deref(), Some("utf-8"));
    let again = Request { url: server.url("/known"), etag: page.etag, last_modified: None };
    assert!(matches!(fetcher.fetch(&again), Ok(Answer::NotModified)));
    assert_eq!(server.paths(), ["/robots.txt", "/ferry", "/known"], "robots.txt is asked once");
    assert!(server.asked.lock().unwrap().last().unwrap().to_ascii_lowercase().contains("if-none-match: \"v1\""));
}

#[test]
fn every_redirect_is_checked_again() {
    let to = |url: &str| answer(&format!("302 Found\r\nLocation: {url}"), b"");
    let server = Server::new(&[
        ("/to-page", to("/page")),
        ("/page", answer("200 OK", b"here")),
        ("/to-private", to("http://10.0.0.1/")),
        ("/to-mapped", to("http://[::ffff:127.0.0.1]:PORT/page")),
        ("/to-file", to("file:///etc/passwd")),
        ("/to-port", to("http://127.0.0.1:22/")),
        ("/round", to("/round")),
    ]);
    let fetcher = server.fetcher();
    let page = fetched(fetcher.fetch(&Request::new(server.url("/to-page"))));
    assert_eq!((page.url.as_str(), page.body.as_slice()), (server.url("/page").as_str(), &b"here"[..]));
    for path in ["/to-private", "/to-mapped", "/to-file", "/to-port"] {
        assert_eq!(reason(fetcher.fetch(&Request::new(server.url(path)))), Reason::Forbidden, "{path}");
    }
    let refusal = fetcher.fetch(&Request::new(server.url("/round"))).map(|_| ()).unwrap_err();
    assert!(refusal.message.ends_with("more than 5 redirects"), "{refusal}");
}

#[test]
fn robots_are_obeyed_and_a_site_that_cannot_say_is_left_alone() {
    let server = Server::new(&[
        ("/robots.txt", answer("200 OK", b"User-agent: *\nDisallow: /private")),
        ("/a", answer("200 OK", b"a")),
    ]);
    let fetcher = server.fetcher();
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/private/a")))), Reason::Disallowed);
    assert_eq!(fetched(fetcher.fetch(&Request::new(server.url("/a")))).body, b"a");
    let server = Server::new(&[("/robots.txt", answer("500 Oops", b""))]);
    assert_eq!(reason(server.fetcher().fetch(&Request::new(server.url("/a")))), Reason::Unreachable);
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn size_time_and_density_are_limited() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b'a'; 8 << 20]).unwrap();
    let bomb = answer("200 OK\r\nContent-Encoding: gzip", &bomb.finish().unwrap());
    let server = Server::new(&[
        ("/bomb", bomb),
        ("/busy", answer("429 Slow\r\nRetry-After: 7200", b"")),
        ("/gone", answer("410 Gone", b"")),
        ("/down", answer("502 Bad Gateway", b"")),
    ]);
    let limits = Limits { fetch_time: Duration::from_millis(400), compressed_bytes: 1 << 20, ..Limits::default() };
    let fetcher = server.fetcher_within(&limits);
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/endless")))), Reason::TooLarge);
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/bomb")))), Reason::TooDense);
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/gone")))), Reason::HttpStatus);
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/down")))), Reason::Unreachable, "it may come back");
    let started = Instant::now();
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/drip")))), Reason::TooSlow);
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(reason(fetcher.fetch(&Request::new(server.url("/busy")))), Reason::TooBusy);
    let refusal = fetcher.fetch(&Request::new(server.url("/gone"))).map(|_| ()).unwrap_err();
    assert_eq!(refusal.reason, Reason::TooBusy, "a host that asked for rest is left alone");
}

#[test]
fn many_that_ask_one_host_take_turns_and_ask_for_its_rules_once() {
    let server = Server::new(&[("/a", answer("200 OK", b"a"))]);
    let fetcher = server.fetcher();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(fetched(fetcher.fetch(&Request::new(server.url("/a")))).body, b"a"));
        }
    });
    assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1);
}

#[test]
fn a_host_is_left_a_pause() {
    let hosts = Hosts::default();
    let started = Instant::now();
    for _ in 0..3 {
        hosts.wait("https://courier.example", Duration::from_millis(40)).unwrap();
    }
    assert!(started.elapsed() >= Duration::from_millis(80));
    hosts.wait("https://other.example", Duration::from_secs(10)).unwrap();
    hosts.hold("https://courier.example", Duration::from_secs(600));
    assert_eq!(hosts.wait("https://courier.example", Duration::ZERO).unwrap_err().reason, Reason::TooBusy);
}
