//! Counts over time → columns and lines.
//!
//! Places along a figure are percentages and its words have the size of those around it, so that a figure is legible at any width. Of a line only the
//! line itself is stretched.

use std::borrow::Borrow;
use std::fmt::Write;

/// What a figure says to those who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// An id that no other figure of the page has.
    pub id: &'a str,
    /// What is shown.
    pub title: &'a str,
    /// What is to be seen in it.
    pub desc: &'a str,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for: `11 Mar 2026`.
    pub label: String,
    /// How high it is.
    pub value: u64,
}

/// How many labels stand below a figure at most.
const LABELS: usize = 4;
/// Where the ground of a figure lies, from above, in percent; words have the room below.
const GROUND: f64 = 86.0;
/// Where the highest column may end.
const TOP: f64 = 8.0;

/// Columns, one for each of `bars`, from left to right.
pub fn columns(caption: Caption, bars: &[Bar]) -> String {
    let top = nice(bars.iter().map(|bar| bar.value as f64).fold(1.0, f64::max));
    let mut svg = opened(caption, "chart");
    for share in [0.5, 1.0] {
        let y = height(share);
        let _ = write!(svg, r#"<line class="grid" x1="0" x2="100%" y1="{y:.2}%" y2="{y:.2}%"/>"#);
    }
    let slot = 100.0 / bars.len().max(1) as f64;
    // A few columns are not as wide as doors.
    let width = (slot * 0.78).min(9.0);
    for (at, bar) in bars.iter().enumerate().filter(|(_, bar)| bar.value > 0) {
        let (x, y) = ((at as f64).mul_add(slot, (slot - width) / 2.0), height(bar.value as f64 / top));
        let tip = escaped(&format!("{}: {}", bar.label, bar.value));
        let _ = write!(
            svg,
            r#"<rect class="bar" x="{x:.2}%" y="{y:.2}%" width="{width:.2}%" height="{:.2}%"><title>{tip}</title></rect>"#,
            GROUND - y
        );
    }
    for share in [0.5, 1.0] {
        let value = top * share;
        // Half of one article is none.
        if value.fract() == 0.0 {
            let _ = write!(svg, r#"<text class="tick" x="0" y="{:.2}%" dy="-.3em">{value}</text>"#, height(share));
        }
    }
    ground(&mut svg);
    let labels: Vec<_> = bars.iter().map(|bar| bar.label.as_str()).collect();
    below(&mut svg, &labels);
    svg.push_str("</svg>");
    svg
}

/// A line through `values`, of which those that are none leave a gap, below `top`; without words, for a row of such figures.
pub fn line(caption: Caption, values: &[Option<f64>], top: f64) -> String {
    let mut svg = opened(caption, "chart line");
    let _ = write!(svg, r#"<line class="ground" x1="0" x2="100%" y1="98%" y2="98%"/>"#);
    svg.push_str(r#"<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">"#);
    let step = 100.0 / values.len().saturating_sub(1).max(1) as f64;
    let point = |at: usize, value: f64| ((at as f64) * step, 98.0 - 90.0 * value / if top > 0.0 { top } else { 1.0 });
    let known: Vec<_> = values.iter().enumerate().map(|(at, value)| value.map(|value| point(at, value))).collect();
    for run in known.split(Option::is_none) {
        let points: Vec<_> = run.iter().flatten().collect();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
        // One alone is a dash: a line of no length is not seen.
        let end = if points.len() == 1 { (first.0 + 1.0, first.1) } else { **last };
        let path = points.iter().map(|(x, y)| format!("{x:.2},{y:.2}")).collect::<Vec<_>>().join(" L");
        let _ = write!(
            svg,
            r#"<path class="area" d="M{:.2},98 L{path} L{:.2},{:.2} L{:.2},98 Z"/>"#,
            first.0, end.0, end.1, end.0
        );
        let _ = write!(
            svg,
            r#"<path class="stroke" vector-effect="non-scaling-stroke" d="M{path} L{:.2},{:.2}"/>"#,
            end.0, end.1
        );
    }
    svg.push_str("</svg></svg>");
    svg
}

/// A bar in a row of a table, whose number stands beside it: for the eye alone.
pub fn share(part: impl Borrow<u64>, whole: impl Borrow<u64>) -> String {
    let width = 100.0 * *part.borrow() as f64 / (*whole.borrow()).max(1) as f64;
    format!(
        r#"<svg class="share" aria-hidden="true" focusable="false"><rect class="bar" width="{width:.1}%" height="100%"/></svg>"#
    )
}

/// The least of 1, 2, 5, 10, 20, … that is not below `value`.
pub fn nice(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1e-9).log10().floor());
    let steps = [1.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.iter().map(|step| step * power).find(|step| *step >= value - 1e-9).unwrap_or(value)
}

fn height(share: f64) -> f64 {
    GROUND - (GROUND - TOP) * share
}

fn opened(Caption { id, title, desc }: Caption, class: &str) -> String {
    let (title, desc) = (escaped(title), escaped(desc));
    format!(
        r#"<svg class="{class}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>"#
    )
}

fn ground(svg: &mut String) {
    let _ = write!(svg, r#"<line class="ground" x1="0" x2="100%" y1="{GROUND}%" y2="{GROUND}%"/>"#);
}

/// The first label, the last, and some between where there is room for them.
fn below(svg: &mut String, labels: &[&str]) {
    let count = labels.len();
    let shown = count.min(LABELS);
    for nth in 0..shown {
        let at = if shown == 1 { 0 } else { nth * (count - 1) / (shown - 1) };
        let Some(label) = labels.get(at) else { continue };
        let center = 100.0 * (at as f64 + 0.5) / count as f64;
        // The outermost stay inside.
        let (x, anchor) = match nth {
            0 if count > 3 => (0.0, "start"),
            _ if nth + 1 == shown && count > 3 => (100.0, "end"),
            _ => (center, "middle"),
        };
        // Those between would touch on a narrow page.
        let class = if nth == 0 || nth + 1 == shown { "tick" } else { "tick between" };
        let _ = write!(
            svg,
            r#"<text class="{class}" x="{x:.2}%" y="100%" dy="-.3em" text-anchor="{anchor}">{}</text>"#,
            escaped(label)
        );
    }
}

/// Text inside SVG.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Bar, Caption, columns, line, nice, share};

    const CAPTION: Caption = Caption { id: "said", title: "Statements & <days>", desc: "From March to May" };

    #[test]
    fn a_column_is_as_high_as_its_value_and_says_so() {
        let bars =
            [("March", 2), ("April", 0), ("May", 4)].map(|(label, value)| Bar { label: label.to_owned(), value });
        let svg = columns(CAPTION, &bars);
        assert!(svg.contains(r#"role="img" aria-labelledby="said-title said-desc""#));
        assert!(svg.contains("Statements &amp; &lt;days&gt;"));
        assert!(svg.contains("<title>March: 2</title>") && svg.contains("<title>May: 4</title>"));
        assert!(!svg.contains("April: 0"), "nothing is drawn of a month without any");
        assert!(svg.contains(r#"y="47.00%" width="9.00%" height="39.00%""#), "two of four is half: {svg}");
        assert!(!svg.contains("style="), "colours are those of the style sheet");
    }

    #[test]
    fn a_line_has_a_gap_where_nothing_is_known() {
        let svg = line(CAPTION, &[Some(0.0), Some(1.0), None, Some(0.5)], 1.0);
        assert_eq!(svg.matches(r#"class="stroke""#).count(), 2);
        assert!(svg.contains("M0.00,98.00 L33.33,8.00"), "{svg}");
    }

    #[test]
    fn figures_of_nothing_are_whole() {
        for svg in [columns(CAPTION, &[]), line(CAPTION, &[], 0.0), share(0, 0)] {
            assert!(svg.ends_with("</svg>") && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }

    #[test]
    fn the_top_of_a_figure_is_a_round_number() {
        assert_eq!([1.0, 3.0, 7.0, 12.0, 250.0, 0.3].map(nice), [1.0, 4.0, 8.0, 20.0, 400.0, 0.4]);
    }
}
