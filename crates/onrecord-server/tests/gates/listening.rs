//! Over real connections.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use onrecord_server::{App, Listening, Options, listen};
use onrecord_store::Store;

fn served(connections: usize) -> (tempfile::TempDir, Listening) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let app = App::new(Arc::new(store), Options { connections, ..Options::default() });
    (folder, listen(app, "127.0.0.1:0".parse().unwrap()).unwrap())
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

/// Asks on a connection that stays open; the status line.
fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut reader = BufReader::new(stream);
    let (mut status, mut length) = (String::new(), 0);
    reader.read_line(&mut status).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim().split_once(": ") {
            Some(("content-length", bytes)) => length = bytes.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    status.trim().to_owned()
}

#[test]
fn silent_and_slow_clients_make_room_for_those_who_ask() {
    let (_folder, server) = served(16);
    let slow: Vec<TcpStream> = (0..60)
        .map(|number| {
            let mut stream = connect(server.address);
            if number % 2 == 0 {
                // May be closed already.
                let _ = stream.write_all(b"GET /healthz HTT");
            }
            stream
        })
        .collect();
    let mut asking = connect(server.address);
    for _ in 0..5 {
        assert_eq!(ask(&mut asking), "HTTP/1.1 200 OK");
    }
    let mut first = &slow[0];
    assert_eq!(first.read(&mut [0; 10]).unwrap_or(0), 0, "the first was closed");
    drop(slow);
    server.end();
}

#[test]
fn a_connection_serves_many_requests() {
    let (_folder, server) = served(100);
    let mut asking = connect(server.address);
    let statuses: Vec<String> = (0..20).map(|_| ask(&mut asking)).collect();
    assert!(statuses.iter().all(|status| status == "HTTP/1.1 200 OK"), "{statuses:?}");
    server.end();
}
