use crate::desk::{Desk, NOW, article, calm};

#[test]
fn an_article_shows_its_words_marked_and_a_note_for_each_item() {
    let desk = Desk::of(vec![calm()]);
    let links = &desk.links[0];
    let page = desk.get(&format!("/articles/{}", links.document));
    assert_eq!(page.status, 200);
    page.has("<span class=\"g content c1\" data-of=\"s1:content\">“Évora is calm 🇵🇹,”</span>");
    page.has(
        "<span class=\"g quantity content c2\" data-of=\"s1:content s2:content q1\" title=\"12 man\">12 men</span>",
    );
    page.has("data-of=\"s1:content s2:content v1\">detained</span>");
    page.has("data-of=\"s1:source e1\" title=\"Ana Lund\">Ana Lund</span>");
    page.has("<dt>when</dt><dd>on Tuesday (10 March 2026)</dd>");
    page.has("told by <a href=\"#n-")
        .has("<summary>direct · 94 % sure</summary>")
        .has("<div id=\"rule-statement-cued\">")
        .has("<code>statement/cued</code></a>: ");
    page.has("<a href=\"https://example.org/calm\" rel=\"noopener noreferrer\">");
    for id in links.statements.iter().chain(&links.events) {
        let mark = id.strip_prefix(&links.document).unwrap();
        page.has(&format!("id=\"s-{mark}\"")).has(&format!("id=\"n-{mark}\""));
    }
}

#[test]
fn an_article_is_also_json_and_its_statements_csv() {
    let desk = Desk::of(vec![calm()]);
    let links = &desk.links[0];
    let row = desk.get(&format!("/articles/{}.json", links.document)).json()["rows"][0].clone();
    assert_eq!(
        (&row["id"], &row["statements"][1]),
        (&links.document.as_str().into(), &links.statements[1].as_str().into())
    );
    assert_eq!(row["record"]["document"]["title"], "Calm in Évora");
    assert_eq!(
        (&row["versions"][0]["url"], row["corrections"].as_array().unwrap().len()),
        (&"https://example.org/calm".into(), 0)
    );
    let csv = desk.get(&format!("/articles/{}.csv", links.document));
    assert_eq!(
        csv.text.lines().map(|line| line.get(..18).unwrap_or(line)).skip(1).collect::<Vec<_>>(),
        links.statements
    );
}

#[test]
fn another_text_under_the_same_address_is_a_version() {
    let desk = Desk::of(vec![calm(), article("Calm again", "https://example.org/calm", "Ana Lund-Berg")]);
    let [first, second] = [0, 1].map(|at| desk.links[at].document.clone());
    desk.get(&format!("/articles/{first}"))
        .has(&format!("another text, <a href=\"/articles/{second}\">Calm again</a>"));
}

#[test]
fn whatever_text_titles_and_names_hold_is_text() {
    let hostile =
        article("</title><script>alert(1)</script>", "javascript:alert(2)", "\"><img src=x onerror=alert(3)>");
    let desk = Desk::of(vec![hostile]);
    let links = &desk.links[0];
    for path in [format!("/articles/{}", links.document), format!("/embed/{}", links.statements[0])] {
        let page = desk.get(&path);
        assert_eq!(page.status, 200);
        for live in ["<script>alert", "<img", "href=\"javascript:", " onerror=alert(3)>\""] {
            assert!(!page.text.contains(live), "{live} in {path}");
        }
        page.has("&#60;img src=x onerror=alert(3)&#62;");
    }
}

#[test]
fn an_article_in_another_language_says_that_nothing_was_read_from_it() {
    let mut record = calm();
    record.document.language = "pt".to_owned();
    record.document.sentences.clear();
    record.statements.clear();
    record.events.clear();
    let desk = Desk::of(vec![record]);
    desk.get(&format!("/articles/{}", desk.links[0].document))
        .has("in another language than English (<code>pt</code>)")
        .has("Évora is calm");
}

#[test]
fn what_nobody_has_and_what_somebody_took_out_are_told_apart() {
    let desk = Desk::of(vec![calm()]);
    let id = desk.links[0].document.clone();
    assert_eq!(desk.get("/articles/aaaaaaaaaaaaa").status, 404);
    let mut writer = desk.store.writer().unwrap();
    let why = onrecord_store::Withdrawal { who: "Kim".to_owned(), why: "a court order".to_owned(), at: NOW.to_owned() };
    writer.delete(&id, &why).unwrap();
    writer.commit().unwrap();
    for end in ["", ".json", ".csv"] {
        let gone = desk.get(&format!("/articles/{id}{end}"));
        assert_eq!(gone.status, 410);
        gone.has(&format!("taken out by Kim on {NOW}: a court order"));
    }
}
