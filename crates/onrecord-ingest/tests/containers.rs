//! Feeds, wire formats, lines and folders: what is found in them, with the fields that they give.
#![allow(clippy::unwrap_used, reason = "a test fails where its input is not what it was made to be")]

mod common;

use std::fs;

use common::{article, found, gzip, page, reasons, told};
use onrecord_ingest::{Found, Input, Limits, Page, PageKind, Reason, Rung, feeds, open};

#[track_caller]
fn only(found: &[Found]) -> &Page {
    let [found] = found else { panic!("{:#?}", told(found)) };
    found.outcome.as_ref().unwrap()
}

const BODY: &str = "<p>The dam above Valmora will be lowered by four metres, the water board said on Tuesday.</p>
<p>“We would rather lose power than houses,” its head, Ines Calder, told reporters at the town hall. She did not say when the work would begin.</p>
<p>Farmers below the dam had asked for it since the flood of 2019, which took eleven barns and the only bridge over the Sell. The ministry refused twice.</p>
<p>The work is to cost some 14 million crowns and to take two summers, according to a plan that the board published the same day.</p>
<p>The mayor of Karst, further down the river, said that he had not been asked, and that his town would go to court.</p>";

#[test]
fn an_entry_with_the_whole_article_is_a_page_and_another_is_a_link() {
    let escaped = BODY.replace('<', "&lt;");
    let rss = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:c=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">
        <channel><title>The Valmora Courier</title><link>https://courier.example/</link><language>en-gb</language>
        <image><title>Logo</title><link>https://courier.example/logo</link></image>
        <item><title>Dam to be lowered &amp;amp; houses saved</title><link>/dam</link><guid isPermaLink=\"false\">n1</guid><dc:creator>Mara Quint</dc:creator>
        <pubDate>Tue, 10 Mar 2026 23:10:00 -0300</pubDate><description>Short.</description><c:encoded>{escaped}</c:encoded></item>
        <item><title>Ferry stays in port</title><guid>https://courier.example/ferry</guid><description>&lt;p&gt;The ferry stays in port.&lt;/p&gt;</description></item>
        <item><title>Teaser</title><link>https://courier.example/t</link><c:encoded><![CDATA[{BODY}<p>Continue reading →</p>]]></c:encoded></item>
        </channel></rss>"
    );
    let found = found("https://courier.example/feed", rss.into_bytes());
    let page = found[0].outcome.as_ref().unwrap();
    assert!(page.article.text.contains("“We would rather lose power than houses,”"), "{}", page.article.text);
    assert_eq!(page.article.title.as_deref(), Some("Dam to be lowered & houses saved"));
    assert_eq!(page.article.outlet.as_deref(), Some("The Valmora Courier"));
    assert_eq!(
        (page.article.published_at.as_deref(), page.published_rung),
        (Some("2026-03-10T23:10:00-03:00"), Some(Rung::Feed))
    );
    assert_eq!((page.bylines.as_slice(), page.language.as_str()), (&["Mara Quint".to_owned()][..], "en-GB"));
    assert_eq!(found[0].origin.url.as_deref(), Some("https://courier.example/dam"));
    assert_eq!(told(&found)[1], "1 link_only: a link with a summary of 24 characters");
    assert_eq!(found[1].origin.url.as_deref(), Some("https://courier.example/ferry"));
    assert_eq!(reasons(&found), [None, Some(Reason::LinkOnly), Some(Reason::LinkOnly)]);
}

#[test]
fn atom_and_json_feed_give_the_same() {
    let atom = format!(
        "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><a:title type=\"html\">The &lt;b&gt;Valmora&lt;/b&gt; Courier</a:title>
        <a:link rel=\"self\" href=\"https://courier.example/feed\"/><a:link href=\"https://courier.example/\"/>
        <a:entry><a:title>Dam to be lowered</a:title><a:id>urn:n1</a:id><a:link rel=\"edit\" href=\"https://courier.example/edit\"/><a:link rel=\"alternate\" href=\"https://courier.example/dam\"/>
        <a:author><a:name>Mara Quint</a:name><a:email>m@courier.example</a:email></a:author><a:published>2026-03-10T23:10:00-03:00</a:published><a:updated>2026-03-11T08:00:00Z</a:updated>
        <a:content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{BODY}</div></a:content></a:entry></a:feed>"
    );
    let json = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "The Valmora Courier", "language": "en", "home_page_url": "https://courier.example/", "items": [
        {"id": "n1", "url": "https://courier.example/dam", "title": "Dam to be lowered", "content_html": BODY, "date_published": "2026-03-10T23:10:00-03:00", "date_modified": "2026-03-11T08:00:00Z", "authors": [{"name": "Mara Quint"}]}]});
    let pretty = serde_json::to_string_pretty(&json).unwrap();
    for (name, bytes) in
        [("atom.xml", atom.clone()), ("feed.json", pretty), ("feed.json", json.to_string()), ("atom.xml.gz", atom)]
    {
        let bytes = if name.ends_with(".gz") { gzip(bytes.as_bytes()) } else { bytes.into_bytes() };
        let found = found(name, bytes);
        let page = only(&found);
        assert!(page.article.text.contains("would go to court"), "{name}: {}", page.article.text);
        assert_eq!(
            (page.article.outlet.as_deref(), page.article.title.as_deref()),
            (Some("The Valmora Courier"), Some("Dam to be lowered")),
            "{name}"
        );
        assert_eq!(
            (page.article.published_at.as_deref(), page.modified_at.as_deref()),
            (Some("2026-03-10T23:10:00-03:00"), Some("2026-03-11T08:00:00Z")),
            "{name}"
        );
        assert_eq!(
            (page.bylines.as_slice(), page.article.language.as_deref()),
            (&["Mara Quint".to_owned()][..], Some("en")),
            "{name}"
        );
        assert_eq!(found[0].origin.url.as_deref(), Some("https://courier.example/dam"), "{name}");
    }
}

#[test]
fn a_feed_is_decoded_first_and_its_odd_dates_are_kept_as_words() {
    let rss = "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><rss><channel><title>Głos</title><item><title>Łódź</title><link>https://glos.example/1</link><pubDate>wtorek, 10 marca 2026</pubDate></item></channel></rss>";
    let (latin, ..) = encoding_rs::ISO_8859_2.encode(rss);
    let wide: Vec<u8> = rss.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [latin.into_owned(), [&b"\xfe\xff"[..], &wide].concat(), wide] {
        let feed = feeds::read(&bytes, &Default::default(), &Limits::default()).unwrap();
        let item = feed.items.first().unwrap();
        assert_eq!((feed.title.as_deref(), item.title.as_deref()), (Some("Głos"), Some("Łódź")));
        assert_eq!((item.published_at.as_deref(), item.published_as.as_deref()), (None, Some("wtorek, 10 marca 2026")));
    }
}

#[test]
fn what_lists_nothing_says_so() {
    for (name, bytes, message) in [
        ("a.xml", "<rss><channel><title>The Courier</title></channel></rss>", "the feed has no entries"),
        ("b.xml", "<urlset></urlset>", "the sitemap lists nothing"),
        ("c.xml", "<rss><channel><item><category>x</category></item></channel></rss>", "a link without a summary"),
    ] {
        let found = found(name, bytes.as_bytes().to_vec());
        let [only] = found.as_slice() else { panic!("{:#?}", told(&found)) };
        assert_eq!(only.outcome.as_ref().unwrap_err().message, message);
    }
}

#[test]
fn ninjs_of_all_versions() {
    let one = serde_json::json!({"uri": "https://wire.example/n1", "type": "text", "language": "en", "versioncreated": "2026-03-11T08:00:00Z", "pubstatus": "usable", "byline": "Mara Quint",
        "headline": "Dam to be lowered", "copyrightholder": "Wire", "body_xhtml": BODY});
    let three = serde_json::json!({"uri": "urn:wire:n1", "type": "text", "language": "en", "contentCreated": "2026-03-10T23:10:00-03:00", "versionCreated": "2026-03-11T08:00:00Z", "by": "Mara Quint",
        "headlines": [{"role": "short", "value": "Dam"}, {"role": "main", "value": "Dam to be lowered"}], "infoSources": [{"name": "Wire"}],
        "bodies": [{"role": "caption", "value": "A dam."}, {"role": "main", "contentType": "text/html", "value": BODY}], "standard": {"name": "ninjs", "version": "3.1"}});
    for (item, published) in [(one, "2026-03-11T08:00:00Z"), (three, "2026-03-10T23:10:00-03:00")] {
        for text in [
            item.to_string() + "\n",
            serde_json::to_string_pretty(&item).unwrap(),
            serde_json::json!([item]).to_string(),
        ] {
            let found = found("n1.json", text.into_bytes());
            let page = only(&found);
            assert!(page.article.text.contains("Ines Calder"), "{}", page.article.text);
            assert_eq!(
                (page.article.title.as_deref(), page.article.outlet.as_deref()),
                (Some("Dam to be lowered"), Some("Wire"))
            );
            assert_eq!(
                (page.article.published_at.as_deref(), page.published_rung),
                (Some(published), Some(Rung::Given))
            );
            assert_eq!(page.bylines, ["Mara Quint"]);
        }
    }
    let lines = concat!(
        "{\"uri\":\"urn:1\",\"type\":\"text\",\"pubStatus\":\"canceled\",\"body_text\":\"The dam burst.\"}\n",
        "{\"uri\":\"urn:2\",\"type\":\"picture\",\"headline\":\"A dam\"}\n",
        "{\"uri\":\"urn:3\",\"type\":\"text\",\"headline\":\"A dam\"}\n",
        "{\"uri\":\"urn:4\",\"type\":\"text\",\"body_text\":\"The dam burst.\\nIt was old.\"}\n"
    );
    let found = found("wire.jsonl", lines.as_bytes().to_vec());
    let reasons = reasons(&found);
    assert_eq!(reasons, [Some(Reason::Withdrawn), Some(Reason::NoDocument), Some(Reason::NoText), None]);
    assert_eq!(found[3].outcome.as_ref().unwrap().article.text, "The dam burst.\nIt was old.");
}

#[test]
fn newsml_with_nitf_and_xhtml_inside() {
    let item = |guid: &str, status: &str, body: &str| {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"{guid}\" version=\"3\" xml:lang=\"en-GB\"><itemMeta><itemClass qcode=\"ninat:text\"/><provider literal=\"wire.example\"><name>Wire</name></provider>
            <versionCreated>2026-03-11T08:00:00Z</versionCreated><pubStatus qcode=\"stat:{status}\"/></itemMeta>
            <contentMeta><contentCreated>2026-03-10T23:10:00-03:00</contentCreated><by>Mara Quint</by><headline>Dam to be lowered</headline><language tag=\"en-GB\"/></contentMeta>
            <contentSet>{body}</contentSet></newsItem>"
        )
    };
    let nitf = "<inlineXML contenttype=\"application/nitf+xml\"><nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><head><title>no</title></head><body><body.head><hedline><hl1>Dam to be lowered</hl1></hedline>
        <byline>By Mara Quint</byline></body.head><body.content><media><media-caption>The dam.</media-caption></media><p>The dam will be\n   lowered,<br/>the board said.</p><block><p>“No &amp; no,” she said.</p></block></body.content></body></nitf></inlineXML>";
    let xhtml = "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>no</title></head><body><h2>Floods</h2><ul><li>One</li><li>Two</li></ul></body></html></inlineXML>";
    let message = format!(
        "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>{}{}{}<packageItem guid=\"p\"/></itemSet></newsMessage>",
        item("urn:1", "usable", nitf),
        item("urn:2", "canceled", nitf),
        item("urn:3", "usable", xhtml)
    );
    let found = found("n.xml", message.into_bytes());
    assert_eq!(reasons(&found), [None, Some(Reason::Withdrawn), None, Some(Reason::NoDocument)]);
    let page = found[0].outcome.as_ref().unwrap();
    assert_eq!(page.article.text, "The dam will be lowered,\nthe board said.\n\n“No & no,” she said.");
    assert_eq!(
        (page.article.id.as_deref(), page.article.title.as_deref(), page.article.outlet.as_deref()),
        (Some("urn:1"), Some("Dam to be lowered"), Some("Wire"))
    );
    assert_eq!(
        (page.article.published_at.as_deref(), page.modified_at.as_deref()),
        (Some("2026-03-10T23:10:00-03:00"), Some("2026-03-11T08:00:00Z"))
    );
    assert_eq!(found[2].outcome.as_ref().unwrap().article.text, "Floods\n\nOne\n\nTwo");
}

#[test]
fn lines_have_the_fields_of_the_command_line() {
    let lines = concat!(
        "\u{feff}{\"id\": 7, \"text\": \"The dam burst.\\r\\n\", \"title\": \"Dam\", \"published_at\": \"2026-03-10\", \"url\": \"https://courier.example/dam\", \"outlet\": \"Courier\"}\n\n",
        "{\"id\":\"b\",\"text\":\"  \"}\n{\"id\":\"c\"}\nnot json\n[1]\n{\"text\":\"It was old.\",\"published_at\":\"last Tuesday\"}"
    );
    let all = found("a.jsonl", lines.as_bytes().to_vec());
    let first = all[0].outcome.as_ref().unwrap();
    assert_eq!((first.article.text.as_str(), first.article.id.as_deref()), ("The dam burst.\r\n", Some("7")));
    assert_eq!(
        (first.article.outlet.as_deref(), first.article.published_at.as_deref()),
        (Some("Courier"), Some("2026-03-10"))
    );
    assert_eq!(all[0].origin.url.as_deref(), Some("https://courier.example/dam"));
    assert_eq!(
        reasons(&all),
        [None, Some(Reason::NoText), Some(Reason::NoText), Some(Reason::Malformed), Some(Reason::Malformed), None]
    );
    assert_eq!(told(&all)[2], "2 no_text: line 4 has neither \"text\" nor \"html\"");
    assert_eq!(all[5].outcome.as_ref().unwrap().article.published_as.as_deref(), Some("last Tuesday"));
    let rest: Vec<_> = open(Input::bytes("a.jsonl", lines.as_bytes().to_vec()), &Limits::default(), 5).collect();
    assert_eq!(rest.as_slice(), all.get(5..).unwrap());
    let html = serde_json::json!({"id": "x", "html": page("Valmora"), "url": "https://courier.example/f"}).to_string();
    assert!(only(&found("a.jsonl", html.into_bytes())).article.text.contains("harbour master"));
}

#[test]
fn a_folder_gives_what_is_in_its_files_in_their_order() {
    let folder = std::env::temp_dir().join(format!("onrecord-open-{}", std::process::id()));
    fs::create_dir_all(folder.join("sub")).unwrap();
    fs::write(folder.join("1.html"), page("Valmora")).unwrap();
    fs::write(folder.join("2.warc.gz"), [gzip(&article("Karst")), gzip(&article("Oriel"))].concat()).unwrap();
    fs::write(folder.join("3.pdf"), "%PDF-1.7").unwrap();
    fs::write(folder.join("sub/4.txt"), "The dam burst.").unwrap();
    fs::write(folder.join("sub/5.md"), "# Dam\n\nThe dam *burst*.").unwrap();
    let all: Vec<_> = open(Input::path(&folder), &Limits::default(), 0).collect();
    let rest: Vec<_> = open(Input::path(&folder), &Limits::default(), 3).collect();
    fs::remove_dir_all(&folder).unwrap();
    let names: Vec<String> = all
        .iter()
        .map(|found| format!("{} {:?}", found.origin.path.rsplit('/').next().unwrap(), found.origin.member))
        .collect();
    assert_eq!(
        names,
        ["1.html None", "2.warc.gz Some(0)", "2.warc.gz Some(1)", "3.pdf None", "4.txt None", "5.md None"]
    );
    assert_eq!(reasons(&all), [None, None, None, Some(Reason::Unsupported), None, None]);
    assert_eq!(all[4].outcome.as_ref().unwrap().article.text, "The dam burst.");
    assert_eq!(rest.as_slice(), all.get(3..).unwrap());
    assert_eq!(all[0].outcome.as_ref().unwrap().kind, PageKind::Article);
    let missing: Vec<_> = open(Input::path(folder.join("none.warc")), &Limits::default(), 0).collect();
    assert_eq!(reasons(&missing), [Some(Reason::Io)]);
}
