//! Counts by days → columns over a calendar: cooperation above the line, conflict below it; and, beneath, a bar for each longer stretch that texts tell, as long as
//! it is told, so that an event "in March" never stands on a day.

use jiff::civil::Date;

use super::calendar::{Unit, days_between, plus, short_label};
use super::svg::{escaped, put, short, steps, width_of};

/// The classes of events in the order of their layers, from the line outwards: the class of the style sheet, and what people read.
pub const LAYERS: [(&str, &str); 6] = [
    ("c-material", "material cooperation"),
    ("c-verbal", "verbal cooperation"),
    ("c-denied", "cooperation said not to have happened"),
    ("x-material", "material conflict"),
    ("x-verbal", "verbal conflict"),
    ("x-denied", "conflict said not to have happened"),
];

/// What is drawn.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The first day shown.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// What a column stands for.
    pub unit: Unit,
    /// Columns and bars that have events.
    pub marks: &'a [Mark],
    /// The title.
    pub title: &'a str,
    /// What there is to see.
    pub description: &'a str,
}

/// A column or a bar.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Whether it is longer than a column, or lies across two.
    pub is_bar: bool,
    /// How many events, in the order of [`LAYERS`].
    pub counts: [u64; 6],
    /// When it is, for people.
    pub label: String,
    /// Where a click leads.
    pub url: String,
}

impl Mark {
    fn events(&self) -> u64 {
        self.counts.iter().sum()
    }

    fn side(&self, is_conflict: bool) -> u64 {
        self.counts.iter().skip(if is_conflict { 3 } else { 0 }).take(3).sum()
    }
}

/// How large a picture is, and what its letters and names are.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Units from left to right.
    pub width: f64,
    /// Units of a letter.
    pub letter: f64,
    /// Units of the columns from the highest to the lowest.
    pub columns: f64,
    /// What stands before its ids, and is its class: two sizes of one picture may stand in one page.
    pub name: &'static str,
}

/// For screens that are wide.
pub const WIDE: Size = Size { width: 960.0, letter: 12.0, columns: 250.0, name: "wide" };
/// For a telephone.
pub const NARROW: Size = Size { width: 360.0, letter: 11.5, columns: 210.0, name: "narrow" };

const LEFT: f64 = 38.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 24.0;
const LANE: f64 = 28.0;
const LANES: usize = 8;

/// The picture, and over it the places to click on.
pub fn svg(chart: &Chart, size: Size) -> String {
    let drawing = Drawing::new(chart, size);
    let (lanes, left_out) = drawing.lanes();
    let height = drawing.bottom() + 14.0 + lanes.iter().map(|(lane, _)| lane + 1).max().unwrap_or(0) as f64 * LANE;
    let height = height + if left_out.0 > 0 { 18.0 } else { 0.0 };
    let mut picture = String::new();
    drawing.grid(&mut picture);
    drawing.columns(&mut picture);
    drawing.axes(&mut picture);
    drawing.bars(&lanes, &mut picture);
    if left_out.0 > 0 {
        let (x, y) = (short(LEFT), short(height - 6.0));
        let (bars, events) = left_out;
        put(
            &mut picture,
            format_args!(
                "<text class=\"soft\" x=\"{x}\" y=\"{y}\">and {bars} more stretches with {events} events: in the table</text>"
            ),
        );
    }
    let (width, height, name) = (short(size.width), short(height), size.name);
    let (title, description) = (escaped(chart.title), escaped(chart.description));
    format!(
        "<div class=\"plot {name}\"><svg role=\"img\" viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{name}-t {name}-d\">\
         <title id=\"{name}-t\">{title}</title><desc id=\"{name}-d\">{description}</desc>\
         <defs><pattern id=\"{name}-c\" class=\"c-lines\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M1 0V4\"/></pattern>\
         <pattern id=\"{name}-x\" class=\"x-lines\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><path d=\"M1 0V4\"/></pattern></defs>\
         {picture}</svg>\
         <svg class=\"over\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{}</svg></div>",
        drawing.targets(&lanes)
    )
}

struct Drawing<'a> {
    chart: &'a Chart<'a>,
    size: Size,
    /// The whole columns, empty ones too.
    columns: Vec<(Date, Date)>,
    /// The most on either side of the line.
    most: (u64, u64),
    /// Units for an event.
    scale: f64,
}

impl<'a> Drawing<'a> {
    fn new(chart: &'a Chart<'a>, size: Size) -> Drawing<'a> {
        let most =
            |is_conflict| chart.marks.iter().filter(|mark| !mark.is_bar).map(|mark| mark.side(is_conflict)).max();
        let most = (most(false).unwrap_or(0), most(true).unwrap_or(0));
        let scale = size.columns / (most.0 + most.1).max(1) as f64;
        Drawing { chart, size, columns: chart.unit.columns(chart.first, chart.last), most, scale }
    }

    /// The line between cooperation and conflict.
    fn line(&self) -> f64 {
        TOP + self.most.0 as f64 * self.scale
    }

    /// Beneath the columns and what is written under them.
    fn bottom(&self) -> f64 {
        TOP + self.size.columns + self.size.letter * 3.4
    }

    /// Where a day begins.
    fn x(&self, day: Date) -> f64 {
        let width = self.size.width - LEFT - RIGHT;
        let Some((first, _)) = self.columns.first() else { return LEFT };
        let at = self.columns.partition_point(|(start, _)| *start <= day).saturating_sub(1);
        let column = width / self.columns.len() as f64;
        let within = match self.columns.get(at) {
            Some((start, end)) if day > *first => {
                days_between(*start, day) as f64 / (days_between(*start, *end) + 1) as f64
            }
            _ => 0.0,
        };
        (LEFT + (at as f64 + within.min(1.0)) * column).min(self.size.width - RIGHT)
    }

    fn columns(&self, out: &mut String) {
        let gap = |width: f64| if width > 6.0 { width * 0.12 } else { width * 0.06 };
        for mark in self.chart.marks.iter().filter(|mark| !mark.is_bar) {
            let (left, right) = (self.x(mark.first), self.x(plus(mark.last, 1)));
            let (left, right) = (left + gap(right - left), right - gap(right - left));
            let width = (right - left).min(44.0);
            let left = (left + right - width) / 2.0;
            let (mut up, mut down) = (self.line(), self.line());
            for (at, (count, (class, _))) in
                mark.counts.iter().zip(LAYERS).enumerate().filter(|(_, (count, _))| **count > 0)
            {
                let height = *count as f64 * self.scale;
                let y = if at < 3 {
                    up -= height;
                    up
                } else {
                    down += height;
                    down - height
                };
                self.layer(class, [left, y, width, height], out);
            }
        }
    }

    fn layer(&self, class: &str, [x, y, width, height]: [f64; 4], out: &mut String) {
        let pattern = match class {
            "c-verbal" => format!(" fill=\"url(#{}-c)\"", self.size.name),
            "x-verbal" => format!(" fill=\"url(#{}-x)\"", self.size.name),
            _ => String::new(),
        };
        let [x, y, width, height] = [x, y, width, height].map(short);
        put(
            out,
            format_args!(
                "<rect class=\"{class}\"{pattern} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            ),
        );
    }

    /// The lines that lie beneath the columns, with their numbers: the same steps on both sides.
    fn grid(&self, out: &mut String) {
        let (left, right) = (short(LEFT), short(self.size.width - RIGHT));
        let steps = steps(self.most.0.max(self.most.1));
        // Numbers nearer to one another than a letter is high would cover one another.
        let steps: Vec<u64> =
            steps.into_iter().filter(|step| *step as f64 * self.scale >= self.size.letter * 1.2).collect();
        for (most, way) in [(self.most.0, -1.0), (self.most.1, 1.0)] {
            for step in steps.iter().filter(|step| **step <= most) {
                let y = self.line() + way * *step as f64 * self.scale;
                put(out, format_args!("<path class=\"grid\" d=\"M{left} {0}H{right}\"/>", short(y)));
                let (x, y) = (short(LEFT - 6.0), short((y + self.size.letter * 0.35).max(self.size.letter)));
                put(out, format_args!("<text class=\"soft\" text-anchor=\"end\" x=\"{x}\" y=\"{y}\">{step}</text>"));
            }
        }
    }

    fn axes(&self, out: &mut String) {
        let (left, right, above) = (short(LEFT), short(self.size.width - RIGHT), short(TOP - 9.0));
        put(out, format_args!("<path class=\"axis\" d=\"M{left} {0}H{right}\"/>", short(self.line())));
        let cooperation = "▲ cooperation";
        put(out, format_args!("<text class=\"c-name\" x=\"{left}\" y=\"{above}\">{cooperation}</text>"));
        let beside = short(LEFT + width_of(cooperation, self.size.letter) + self.size.letter * 2.5);
        put(out, format_args!("<text class=\"x-name\" x=\"{beside}\" y=\"{above}\">▼ conflict</text>"));
        self.labels(TOP + self.size.columns + self.size.letter * 1.5, out);
    }

    /// What columns are called, as many as have room; the year where it begins.
    fn labels(&self, y: f64, out: &mut String) {
        let unit = self.chart.unit;
        let column = (self.size.width - LEFT - RIGHT) / self.columns.len().max(1) as f64;
        let (mut free, mut year) = (0.0, None);
        for (start, _) in &self.columns {
            if !is_even(unit, *start, column) {
                continue;
            }
            let label = short_label(unit, *start);
            let x = self.x(*start);
            let width = width_of(&label, self.size.letter).max(width_of("2026", self.size.letter));
            if x < free || x + width > self.size.width {
                continue;
            }
            free = x + width + self.size.letter;
            let (sx, sy, tick) = (short(x), short(y), short(TOP + self.size.columns));
            put(
                out,
                format_args!("<path class=\"tick\" d=\"M{sx} {tick}v5\"/><text x=\"{sx}\" y=\"{sy}\">{label}</text>"),
            );
            if unit < Unit::Year && year != Some(start.year()) {
                year = Some(start.year());
                let below = short(y + self.size.letter * 1.25);
                put(out, format_args!("<text class=\"soft\" x=\"{sx}\" y=\"{below}\">{}</text>", start.year()));
            }
        }
    }

    /// Which bar lies in which lane; and how many bars and events have none. Those of most events come first.
    fn lanes(&self) -> (Vec<(usize, &'a Mark)>, (usize, u64)) {
        let mut bars: Vec<&Mark> = self.chart.marks.iter().filter(|mark| mark.is_bar).collect();
        bars.sort_by_key(|mark| (std::cmp::Reverse(mark.events()), mark.first, mark.last));
        let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
        let (mut placed, mut left_out) = (Vec::new(), (0, 0));
        for mark in bars {
            let (start, end) = self.extent(mark);
            let fits = |lane: &Vec<(f64, f64)>| lane.iter().all(|(from, to)| end + 8.0 <= *from || start >= *to + 8.0);
            let lane = taken.iter().position(fits).unwrap_or(taken.len());
            if lane >= LANES {
                left_out = (left_out.0 + 1, left_out.1 + mark.events());
                continue;
            }
            if lane == taken.len() {
                taken.push(Vec::new());
            }
            if let Some(lane) = taken.get_mut(lane) {
                lane.push((start, end));
            }
            placed.push((lane, mark));
        }
        (placed, left_out)
    }

    /// From where to where a bar lies.
    fn bar(&self, mark: &Mark) -> (f64, f64) {
        let start = self.x(mark.first.max(self.chart.first));
        (start, self.x(plus(mark.last.min(self.chart.last), 1)).max(start + 2.0))
    }

    /// What stands over a bar, and where it begins.
    fn name(&self, mark: &Mark) -> (String, f64) {
        let name = format!("{} · {}", mark.label, mark.events());
        let room = self.size.width - 4.0 - width_of(&name, self.size.letter);
        let start = self.bar(mark).0.min(room).max(2.0);
        (name, start)
    }

    fn extent(&self, mark: &Mark) -> (f64, f64) {
        let ((start, end), (name, at)) = (self.bar(mark), self.name(mark));
        (start.min(at), end.max(at + width_of(&name, self.size.letter)))
    }

    fn bars(&self, lanes: &[(usize, &Mark)], out: &mut String) {
        for (lane, mark) in lanes {
            let y = self.bottom() + 14.0 + *lane as f64 * LANE;
            let ((start, end), (name, at)) = (self.bar(mark), self.name(mark));
            let class = match (mark.side(false), mark.side(true)) {
                (_, 0) => "c",
                (0, _) => "x",
                _ => "m",
            };
            let [x, width, text, top] = [start, end - start, at, y].map(short);
            put(out, format_args!("<text x=\"{text}\" y=\"{top}\">{}</text>", escaped(&name)));
            let bar = short(y + 4.0);
            put(
                out,
                format_args!("<rect class=\"bar-{class}\" x=\"{x}\" y=\"{bar}\" width=\"{width}\" height=\"6\"/>"),
            );
            // An end that lies in the picture is told by a stroke; without one the stretch goes on.
            let ends = [(mark.first >= self.chart.first, start), (mark.last <= self.chart.last, end)];
            for (_, x) in ends.iter().filter(|(is_in, _)| *is_in) {
                put(out, format_args!("<path class=\"end-{class}\" d=\"M{} {}v10\"/>", short(*x), short(y + 2.0)));
            }
        }
    }

    /// What can be clicked on, with what a pointer is told.
    fn targets(&self, lanes: &[(usize, &Mark)]) -> String {
        let mut out = String::new();
        let mut target = |mark: &Mark, [x, y, width, height]: [f64; 4]| {
            let [x, y, width, height] = [x, y, width, height].map(short);
            let events = mark.events();
            let plural = if events == 1 { "" } else { "s" };
            let (url, label) = (escaped(&mark.url), escaped(&mark.label));
            put(
                &mut out,
                format_args!(
                    "<a href=\"{url}\" tabindex=\"-1\"><title>{label}: {events} event{plural}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></a>"
                ),
            );
        };
        for mark in self.chart.marks.iter().filter(|mark| !mark.is_bar) {
            let (start, end) = (self.x(mark.first), self.x(plus(mark.last, 1)));
            target(mark, [start, TOP, end - start, self.size.columns]);
        }
        for (lane, mark) in lanes {
            let (start, end) = self.extent(mark);
            target(mark, [start, self.bottom() + *lane as f64 * LANE, end - start, LANE - 2.0]);
        }
        out
    }
}

/// Whether a column is one of those that are named, where there is no room for all: a Monday, the first of a quarter, a round year.
fn is_even(unit: Unit, start: Date, column: f64) -> bool {
    let wanted = 54.0;
    match unit {
        Unit::Day if column < wanted => start.weekday() == jiff::civil::Weekday::Monday || column * 7.0 < wanted,
        Unit::Month => {
            let step = [1, 3, 6, 12].into_iter().find(|step| f64::from(*step) * column >= wanted).unwrap_or(12);
            (i32::from(start.month()) - 1) % step == 0
        }
        Unit::Year | Unit::Decade | Unit::Century => {
            let years = match unit {
                Unit::Year => 1.0,
                Unit::Decade => 10.0,
                _ => 100.0,
            };
            let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
                .into_iter()
                .find(|step| f64::from(*step) / years * column >= wanted)
                .unwrap_or(1000);
            i32::from(start.year()).rem_euclid(step) == 0
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Chart, Mark, NARROW, Size, Unit, WIDE, svg};

    fn mark(first: Date, last: Date, is_bar: bool, counts: [u64; 6]) -> Mark {
        let label = format!("<{first}> & more");
        Mark { first, last, is_bar, counts, label, url: "/events?q=\"a\"&x=1".to_owned() }
    }

    fn marks() -> Vec<Mark> {
        let mut marks: Vec<Mark> = (1..=31)
            .filter(|day| day % 3 != 0)
            .map(|day| mark(date(2026, 3, day), date(2026, 3, day), false, [1, 2, 0, day as u64, 1, 1]))
            .collect();
        marks.push(mark(date(2026, 3, 1), date(2026, 3, 31), true, [9, 0, 0, 0, 0, 0]));
        marks.push(mark(date(2025, 1, 1), date(2027, 12, 31), true, [0, 0, 0, 4, 0, 0]));
        marks.extend((1..=30).map(|day| mark(date(2026, 3, day), date(2026, 3, day + 1), true, [0, 1, 0, 1, 0, 0])));
        marks
    }

    fn drawn(size: Size) -> String {
        let marks = marks();
        let chart = Chart {
            first: date(2026, 3, 1),
            last: date(2026, 3, 31),
            unit: Unit::Day,
            marks: &marks,
            title: "Events <by day>",
            description: "\"Much\"",
        };
        svg(&chart, size)
    }

    /// The numbers of an attribute, wherever it stands.
    fn numbers(svg: &str, name: &str) -> Vec<f64> {
        let key = format!(" {name}=\"");
        svg.split(key.as_str()).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
    }

    #[test]
    fn nothing_lies_outside_the_picture() {
        for size in [WIDE, NARROW] {
            let svg = drawn(size);
            let height: f64 =
                svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(['"', ' ']).nth(1).unwrap().parse().unwrap();
            assert!(numbers(&svg, "x").iter().all(|x| (0.0..=size.width).contains(x)), "{:?}", numbers(&svg, "x"));
            assert!(numbers(&svg, "y").iter().all(|y| (0.0..=height).contains(y)));
            let rects = svg.split("<rect").skip(1).map(|rect| {
                let of = |name| numbers(rect, name).first().copied().unwrap();
                (of("x") + of("width"), of("y") + of("height"))
            });
            for (right, bottom) in rects {
                assert!(right <= size.width + 0.2 && bottom <= height + 0.2, "{right} {bottom} of {height}");
            }
        }
    }

    #[test]
    fn text_is_escaped_and_the_picture_has_a_title_and_a_description() {
        let svg = drawn(WIDE);
        assert!(
            svg.contains(
                "<title id=\"wide-t\">Events &lt;by day&gt;</title><desc id=\"wide-d\">&quot;Much&quot;</desc>"
            )
        );
        assert!(svg.contains("role=\"img\"") && svg.contains("aria-labelledby=\"wide-t wide-d\""));
        assert!(svg.contains("href=\"/events?q=&quot;a&quot;&amp;x=1\"") && !svg.contains("style="));
    }

    #[test]
    fn a_month_is_a_bar_over_its_days_and_what_has_no_lane_is_told() {
        let svg = drawn(WIDE);
        assert!(svg.contains("<rect class=\"bar-c\" x=\"38\""), "from the first of March");
        assert!(svg.contains("width=\"912\" height=\"6\""), "to the last");
        assert!(svg.contains("more stretches with") && svg.contains("in the table"));
    }

    #[test]
    fn a_picture_of_nothing_is_a_line() {
        let chart = Chart {
            first: date(2026, 3, 1),
            last: date(2026, 3, 2),
            unit: Unit::Day,
            marks: &[],
            title: "",
            description: "",
        };
        assert!(svg(&chart, NARROW).contains("class=\"axis\""));
    }
}
