//! What a record dates → slides of a `TimelineJS` 3 timeline. What is told as a month stays a month: the date shown is that of the text.

use serde_json::{Value, json};

use super::Options;
use crate::permalinks::Item;
use crate::plain::{clip, one_line};
use crate::timeline::{Entry, label};
use onrecord::record::Precision;

/// What stands behind the slides.
pub const TAIL: &str = "\n]}\n";
/// Characters of a headline.
const HEADLINE: usize = 120;

/// What stands before the slides.
pub fn head(options: &Options) -> String {
    let title = options.title.as_deref().map(|title| {
        let title = json!({"text": {"headline": html(title)}});
        format!("\"title\":{title},")
    });
    format!("{{{}\"events\":[\n", title.unwrap_or_default())
}

/// The slide of an entry.
pub fn slide(entry: &Entry, options: &Options) -> String {
    let when = &entry.when;
    let headline =
        entry.statement.as_ref().map_or_else(|| clip(&entry.sentence, HEADLINE), |said| said.speaker.clone());
    let words = entry.statement.as_ref().map_or(&entry.sentence, |said| &said.content);
    let source = match &entry.document.url {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            format!("<a href=\"{}\">{}</a>", html(url), html(&entry.source()))
        }
        _ => html(&entry.source()),
    };
    let kind = if entry.statement.is_some() { Item::Statement } else { Item::Time };
    let mut slide = json!({
        "unique_id": entry.id,
        "start_date": date(&when.start, when.precision),
        "display_date": html(&label(when)),
        "text": {"headline": html(&one_line(&headline)), "text": format!("<p>{}</p><p>{source}</p>", html(words))},
        "group": entry.statement.as_ref().map_or("date", |said| said.act.as_str()),
        "permalink": options.base.permalink(kind, &entry.id),
    });
    if let Some(last) =
        crate::dates::Day::parse(&when.end).map(|end| end.before().iso()).filter(|last| *last != when.start)
        && let Some(slide) = slide.as_object_mut()
    {
        slide.insert("end_date".to_owned(), date(&last, when.precision));
    }
    slide.to_string()
}

/// As many fields of a date as the text tells.
fn date(day: &str, precision: Precision) -> Value {
    let field = |range: std::ops::Range<usize>| day.get(range).and_then(|field| field.parse::<u32>().ok());
    let (year, month, number) = (field(0..4), field(5..7), field(8..10));
    match precision {
        Precision::Day | Precision::Weekend | Precision::Week => json!({"year": year, "month": month, "day": number}),
        Precision::Month | Precision::Quarter | Precision::Season | Precision::Half => {
            json!({"year": year, "month": month})
        }
        Precision::Year | Precision::Decade | Precision::Century => json!({"year": year}),
    }
}

/// Text as HTML: the texts of a slide are.
fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use onrecord::record::Precision;
    use serde_json::json;

    use super::{date, html};

    #[test]
    fn a_date_is_as_fine_as_the_text() {
        assert_eq!(date("2021-05-03", Precision::Day), json!({"year": 2021, "month": 5, "day": 3}));
        assert_eq!(date("2021-05-01", Precision::Month), json!({"year": 2021, "month": 5}));
        assert_eq!(date("1990-01-01", Precision::Decade), json!({"year": 1990}));
    }

    #[test]
    fn words_are_no_markup() {
        assert_eq!(html("<b onclick='x'>&\""), "&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;");
    }
}
