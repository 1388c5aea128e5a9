//! `onrecord.toml`, the environment and flags; `config`, `limits`, `completions` and `man`.

use std::fs;

use crate::desk::{Desk, finish};
use crate::stock::stocked;

#[test]
fn a_flag_goes_before_the_environment_that_before_the_file_and_that_before_the_default() {
    let desk = Desk::new();
    let file = desk.put(
        "onrecord.toml",
        "store = \"news/all.db\"\nthreads = 2\n\n[limits]\npage = 5\n\n[fetch]\npause-seconds = 0.5\n",
    );
    let folder = file.parent().unwrap().to_owned();
    fs::create_dir_all(folder.join("deep/down")).unwrap();
    let mut command = desk.command(&["config", "show", "--origin", "--to", "csv", "--threads", "3"]);
    command.current_dir(folder.join("deep/down")).env("ONRECORD_LIMITS_PAGE", "7");
    let run = finish(command, b"");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let folder = fs::canonicalize(&folder).unwrap().display().to_string();
    assert_eq!(
        run.out.replace(&folder, "DESK"),
        "setting,value,origin\r\n\
         store,DESK/news/all.db,file: DESK/onrecord.toml\r\n\
         threads,3,flag\r\n\
         progress,auto,default\r\n\
         limits.page,7,environment: ONRECORD_LIMITS_PAGE\r\n\
         limits.search-seconds,none,default\r\n\
         limits.requests-per-second,auto,default\r\n\
         limits.connections,4096,default\r\n\
         limits.reading-threads,2,default\r\n\
         fetch.user-agent,auto,default\r\n\
         fetch.pause-seconds,0.5,file: DESK/onrecord.toml\r\n\
         fetch.allow,none,default\r\n"
    );
}

#[test]
fn a_setting_that_is_none_ends_the_run() {
    let desk = Desk::new();
    for (file, message) in [
        ("sotre = \"a.db\"", "there is no setting \"sotre\"; did you mean store?"),
        ("[limits]\npages = 2", "there is no setting \"limits.pages\"; did you mean limits.page?"),
        ("threads = 0", "threads is \"0\", but takes auto, or a number from 1 to 1024"),
        ("store = [1]", "store is a TOML array, but takes a path"),
    ] {
        desk.put("onrecord.toml", file);
        let run = desk.run(&["config", "show"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{file}");
        assert!(run.err.ends_with(&format!("onrecord.toml: {message}\n")), "{}", run.err);
    }
    let mut command = Desk::new().command(&["limits"]);
    command.env("ONRECORD_PROGRESS", "loud").current_dir("/");
    let run = finish(command, b"");
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(2), "onrecord: environment: ONRECORD_PROGRESS: progress is \"loud\", but takes auto or never\n")
    );
}

#[test]
fn a_store_that_is_set_is_looked_into() {
    let desk = stocked();
    let store = desk.put("note.txt", "").with_file_name("onrecord.db");
    let elsewhere = Desk::new();
    let mut command = elsewhere.command(&["search", "--speaker", "Reed"]);
    command.env("ONRECORD_STORE", &store);
    assert_eq!(finish(command, b"").lines().len(), 1);
    elsewhere.put("onrecord.toml", format!("store = {:?}\n", store.display().to_string()));
    assert_eq!(elsewhere.run(&["search", "--speaker", "Reed"]).code, Some(0));
}

#[test]
fn limits_tell_their_setting_and_what_happens_beyond() {
    let desk = Desk::new();
    desk.put("onrecord.toml", "limits.page = 5\n");
    let lines = desk.run(&["limits"]).lines();
    let page = lines.iter().find(|line| line["setting"] == "limits.page").unwrap();
    assert_eq!((&page["value"], &page["default"]), (&serde_json::json!("5"), &serde_json::json!("20")));
    assert!(lines.iter().all(|line| !line["beyond"].as_str().unwrap().is_empty()));
}

#[test]
fn every_command_has_completions_and_a_manual_page() {
    let desk = Desk::new();
    let named = [
        "read", "fetch", "watch", "search", "show", "who", "events", "timeline", "places", "stats", "export", "config",
    ];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = desk.run(&["completions", shell]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(named.iter().all(|command| run.out.contains(command)) && run.out.contains("facets"), "{shell}");
    }
    let run = desk.run(&["man", "--out", "pages/man1"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let folder = desk.put("note.txt", "").with_file_name("pages");
    for command in named {
        let page = fs::read_to_string(folder.join(format!("man1/onrecord-{command}.1"))).unwrap();
        assert!(page.contains(&format!("onrecord\\-{command}")), "{page}");
        assert!(run.out.contains(&format!("pages/man1/onrecord-{command}.1\n")), "{}", run.out);
    }
}
