//! Places with counts → a map: discs where something happened, rings where a place is but named, diamonds for datelines; soft where the point stands for an area.

use super::outline;
use super::projection::{View, WIDTH};
use super::svg::{escaped, put, short, width_of};

/// What is drawn.
#[derive(Debug)]
pub struct Chart<'a> {
    /// The part of the world.
    pub view: View,
    /// Places in it, the most important first.
    pub marks: &'a [Mark],
    /// Codes of the countries that are brought out.
    pub countries: &'a [String],
    /// The title.
    pub title: &'a str,
    /// What there is to see.
    pub description: &'a str,
}

/// A place.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What people read.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many events are told to have happened there.
    pub events: u64,
    /// How often it is named as a place.
    pub mentions: u64,
    /// In how many datelines it stands.
    pub datelines: u64,
    /// Whether the point stands for an area: a country, a region.
    pub is_area: bool,
    /// Whether several states claim it.
    pub is_disputed: bool,
    /// What a pointer is told.
    pub note: String,
    /// Where a click leads.
    pub url: String,
}

/// Radii and letters, for a picture that is shown wide or small.
#[derive(Debug, Clone, Copy)]
struct Size {
    name: &'static str,
    largest: f64,
    least: f64,
    letter: f64,
    labels: usize,
}

const SIZES: [Size; 2] = [
    Size { name: "wide", largest: 19.0, least: 2.4, letter: 11.5, labels: 30 },
    Size { name: "narrow", largest: 32.0, least: 5.0, letter: 29.0, labels: 9 },
];

/// How large the disc of a count is: its area is as large as the count.
fn radius(count: u64, most: u64, size: &Size) -> f64 {
    if count == 0 { 0.0 } else { (size.largest * (count as f64 / most.max(1) as f64).sqrt()).max(size.least) }
}

/// The largest count, which has the largest disc.
pub fn most(marks: &[Mark]) -> u64 {
    marks.iter().map(counted).max().unwrap_or(0)
}

/// The picture, and over it the places to click on.
pub fn svg(chart: &Chart) -> String {
    let view = chart.view;
    let placed: Vec<(&Mark, (f64, f64))> = chart
        .marks
        .iter()
        .filter_map(|mark| Some((mark, view.place(mark.lat, mark.lon).filter(|at| view.holds(*at, 0.0))?)))
        .collect();
    let most = most(chart.marks);
    let mut picture = ground(chart);
    for size in &SIZES {
        put(&mut picture, format_args!("<g class=\"{}\">", size.name));
        // The largest lie lowest.
        placed.iter().for_each(|(mark, at)| symbol(mark, *at, most, size, &mut picture));
        labels(&placed, most, size, view, &mut picture);
        picture.push_str("</g>");
    }
    let mut targets = String::new();
    for (mark, at) in &placed {
        let radius = extent(mark, most, &SIZES[0]).max(7.0);
        let (x, y, r) = (short(at.0), short(at.1), short(radius));
        let (url, name, note) = (escaped(&mark.url), escaped(&mark.name), escaped(&mark.note));
        put(
            &mut targets,
            format_args!(
                "<a href=\"{url}\" tabindex=\"-1\"><title>{name}: {note}</title><circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/></a>"
            ),
        );
    }
    let (width, height) = (short(WIDTH), short(view.height()));
    let (title, description) = (escaped(chart.title), escaped(chart.description));
    format!(
        "<div class=\"plot map\"><svg role=\"img\" viewBox=\"0 0 {width} {height}\" aria-labelledby=\"map-t map-d\">\
         <title id=\"map-t\">{title}</title><desc id=\"map-d\">{description}</desc>{picture}</svg>\
         <svg class=\"over\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{targets}</svg></div>"
    )
}

/// What symbols mean and how large they are: a picture of its own, to stand beneath the map.
pub fn key(most: u64) -> String {
    let size = Size { largest: 20.0, least: 3.6, ..SIZES[0] };
    let mark = |events, mentions, datelines, is_area, is_disputed| Mark {
        name: String::new(),
        lat: 0.0,
        lon: 0.0,
        events,
        mentions,
        datelines,
        is_area,
        is_disputed,
        note: String::new(),
        url: String::new(),
    };
    let third = (most / 3).max(1);
    let entries = [
        (mark(third, 0, 0, false, false), "something is reported to have happened there"),
        (mark(0, third, 0, false, false), "a place that is only named"),
        (mark(0, 0, 1, false, false), "reported from there: dateline"),
        (mark(third, 0, 0, true, false), "soft: somewhere in that country or region"),
        (mark(0, third, 0, false, true), "dashed: claimed by several states"),
    ];
    let mut out = String::from("<ul class=\"key\">");
    let swatch = |body: &str| format!("<svg viewBox=\"0 0 44 44\" aria-hidden=\"true\">{body}</svg>");
    for (mark, label) in &entries {
        let mut body = String::new();
        symbol(mark, (22.0, 22.0), most, &size, &mut body);
        put(&mut out, format_args!("<li>{}{label}</li>", swatch(&body)));
    }
    let mut body = String::new();
    for count in [most, third] {
        let r = radius(count, most, &size);
        put(
            &mut body,
            format_args!("<circle class=\"scale\" cx=\"22\" cy=\"{}\" r=\"{}\"/>", short(43.0 - r), short(r)),
        );
    }
    let sizes = if most > third {
        format!("as large as {third} and {most} events, or times it is named")
    } else {
        format!("as large as {most} event, or time it is named")
    };
    put(&mut out, format_args!("<li>{}{sizes}</li></ul>", swatch(&body)));
    out
}

/// The sea, the land, and the countries that are brought out.
fn ground(chart: &Chart) -> String {
    let view = chart.view;
    let mut out = String::new();
    let edge = view.edge();
    let clip = if edge.is_empty() {
        put(
            &mut out,
            format_args!("<rect class=\"sea\" width=\"{}\" height=\"{}\"/>", short(WIDTH), short(view.height())),
        );
        ""
    } else {
        let points: Vec<String> = edge.iter().map(|(x, y)| format!("{} {}", short(*x), short(*y))).collect();
        let path = format!("M{}Z", points.join("L"));
        put(
            &mut out,
            format_args!("<clipPath id=\"map-edge\"><path d=\"{path}\"/></clipPath><path class=\"sea\" d=\"{path}\"/>"),
        );
        " clip-path=\"url(#map-edge)\""
    };
    let (mut land, mut chosen) = (String::new(), String::new());
    for country in outline::world() {
        let path = if chart.countries.contains(&country.code) { &mut chosen } else { &mut land };
        country.rings.iter().for_each(|ring| trace(ring, view, path));
    }
    put(
        &mut out,
        format_args!("<g{clip}><path class=\"land\" fill-rule=\"evenodd\" transform=\"scale(.1)\" d=\"{land}\"/>"),
    );
    if !chosen.is_empty() {
        put(
            &mut out,
            format_args!("<path class=\"land chosen\" fill-rule=\"evenodd\" transform=\"scale(.1)\" d=\"{chosen}\"/>"),
        );
    }
    out.push_str("</g>");
    out
}

/// A ring as a path in tenths of a unit, wherever it lies in the picture.
fn trace(ring: &[(f64, f64)], view: View, path: &mut String) {
    let turns: &[f64] = if view == View::World { &[-360.0, 0.0, 360.0] } else { &[0.0] };
    for turn in turns {
        if view != View::World && ring.iter().all(|(lon, lat)| view.is_far(*lat, *lon)) {
            continue;
        }
        let points = even(ring).map(|(lon, lat)| view.unrolled(lat, lon + turn));
        let points: Vec<(f64, f64)> = points.filter(|(x, _)| x.is_finite() && *x < 1e6).collect();
        write(&kept(&points, view), path);
    }
}

/// The points of a ring with others between those that lie far apart, since a line of the map is not one of the picture.
fn even(ring: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    const STEP: f64 = 4.0;
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).flat_map(|(&(lon, lat), &(to_lon, to_lat))| {
        let pieces = ((to_lon - lon).abs().max((to_lat - lat).abs()) / STEP).ceil().clamp(1.0, 100.0);
        (0..pieces as u32).map(move |piece| {
            let share = f64::from(piece) / pieces;
            (lon + (to_lon - lon) * share, lat + (to_lat - lat) * share)
        })
    })
}

/// The points that matter for what is in the picture: none of a ring that lies on one side of it, and few of stretches that do.
fn kept(points: &[(f64, f64)], view: View) -> Vec<(f64, f64)> {
    let height = view.height();
    let sides = |(x, y): &(f64, f64)| [*x < 0.0, *x > WIDTH, *y < 0.0, *y > height];
    let both = |a: [bool; 4], b: [bool; 4]| [a[0] && b[0], a[1] && b[1], a[2] && b[2], a[3] && b[3]];
    let all = points.iter().map(sides).reduce(both).unwrap_or([true; 4]);
    if all.contains(&true) {
        return Vec::new();
    }
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        let is_near = kept.last().is_some_and(|last| (last.0 - point.0).hypot(last.1 - point.1) < 0.5);
        let beyond = kept
            .last()
            .zip(points.get(at + 1))
            .is_some_and(|(last, next)| both(both(sides(last), sides(point)), sides(next)).contains(&true));
        if !is_near && !beyond {
            kept.push(*point);
        }
    }
    kept
}

fn write(points: &[(f64, f64)], path: &mut String) {
    if points.len() < 3 {
        return;
    }
    let mut last: Option<(i64, i64)> = None;
    for (x, y) in points {
        let point = ((x * 10.0).round() as i64, (y * 10.0).round() as i64);
        match last {
            None => put(path, format_args!("M{} {}l", point.0, point.1)),
            Some(last) => {
                let (right, down) = (point.0 - last.0, point.1 - last.1);
                // A minus parts numbers as well as a blank does.
                let before = if path.ends_with('l') || right < 0 { "" } else { " " };
                let between = if down < 0 { "" } else { " " };
                put(path, format_args!("{before}{right}{between}{down}"));
            }
        }
        last = Some(point);
    }
    path.push('z');
}

/// What the disc or ring of a place counts: events, and where there are none, how often it is named.
fn counted(mark: &Mark) -> u64 {
    if mark.events > 0 { mark.events } else { mark.mentions }
}

/// How far a symbol reaches from its middle.
fn extent(mark: &Mark, most: u64, size: &Size) -> f64 {
    let area = if mark.is_area { size.least * 3.0 } else { 0.0 };
    let dateline = if mark.datelines > 0 { size.least * 1.3 } else { 0.0 };
    let reach = radius(counted(mark), most, size).max(area).max(dateline);
    reach + if mark.is_disputed { size.least * 1.4 } else { 0.0 }
}

fn symbol(mark: &Mark, (x, y): (f64, f64), most: u64, size: &Size, out: &mut String) {
    let (soft, area) = if mark.is_area { (" area", size.least * 3.0) } else { ("", 0.0) };
    let (cx, cy) = (short(x), short(y));
    if counted(mark) > 0 {
        let class = if mark.events > 0 { "happened" } else { "named" };
        let r = short(radius(counted(mark), most, size).max(area));
        put(out, format_args!("<circle class=\"{class}{soft}\" cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"/>"));
    }
    if mark.datelines > 0 {
        let r = size.least * 1.3;
        let (left, r) = (short(x - r), short(r));
        put(out, format_args!("<path class=\"dateline\" d=\"M{left} {cy}l{r}-{r} {r} {r}-{r} {r}z\"/>"));
    }
    if mark.is_disputed {
        let r = short(extent(mark, most, size));
        put(out, format_args!("<circle class=\"disputed\" cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"/>"));
    }
}

/// The names of the first places, as far as they have room.
fn labels(placed: &[(&Mark, (f64, f64))], most: u64, size: &Size, view: View, out: &mut String) {
    // Discs may be written on at their rim, not in their middle.
    let core = |(mark, (x, y)): &(&Mark, (f64, f64))| {
        let reach = extent(mark, most, size) * 0.6;
        [x - reach, y - reach, x + reach, y + reach]
    };
    let mut taken: Vec<[f64; 4]> = placed.iter().map(core).collect();
    let mut written = 0;
    for (mark, (x, y)) in placed {
        if written == size.labels {
            break;
        }
        let (width, reach) = (width_of(&mark.name, size.letter), extent(mark, most, size) + size.letter * 0.3);
        let spots = [
            [x + reach, y - size.letter * 0.5],
            [x - reach - width, y - size.letter * 0.5],
            [x - width / 2.0, y - reach - size.letter],
            [x - width / 2.0, y + reach],
        ];
        let is_free = |[left, top]: &[f64; 2]| {
            let (right, bottom) = (left + width, top + size.letter);
            let meets = |[a, b, c, d]: &[f64; 4]| *left < *c && *a < right && *top < *d && *b < bottom;
            let is_in = *left >= 0.0 && right <= WIDTH && *top >= 0.0 && bottom <= view.height();
            is_in && !taken.iter().any(meets)
        };
        let Some([left, top]) = spots.into_iter().find(is_free) else { continue };
        taken.push([left, top, left + width, top + size.letter]);
        written += 1;
        let class = if mark.is_area { " class=\"area\"" } else { "" };
        let (x, y) = (short(left), short(top + size.letter * 0.85));
        put(out, format_args!("<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escaped(&mark.name)));
    }
}

#[cfg(test)]
mod tests {
    use super::{Chart, Mark, View, WIDTH, key, svg};

    fn mark(name: &str, lat: f64, lon: f64) -> Mark {
        Mark {
            name: name.to_owned(),
            lat,
            lon,
            events: 4,
            mentions: 9,
            datelines: 1,
            is_area: name == "Region",
            is_disputed: name == "Region",
            note: "4 events & more".to_owned(),
            url: "#p\"1".to_owned(),
        }
    }

    fn drawn(view: View) -> String {
        let marks = [mark("<Lyttelton>", -43.6, 172.7), mark("Region", 43.0, 41.0), mark("Suva", -18.1, 178.4)];
        let countries = ["NZ".to_owned()];
        svg(&Chart { view, marks: &marks, countries: &countries, title: "Where & what", description: "<d>" })
    }

    fn numbers(svg: &str, name: &str) -> Vec<f64> {
        let key = format!(" {name}=\"");
        svg.split(key.as_str()).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
    }

    #[test]
    fn symbols_and_names_lie_in_the_picture_and_text_is_escaped() {
        let near = View::Around { lat: -41.0, lon: 174.0, zoom: 12.0 };
        for view in [View::World, near] {
            let svg = drawn(view);
            for name in ["cx", "x"] {
                assert!(numbers(&svg, name).iter().all(|x| (0.0..=WIDTH).contains(x)));
            }
            for name in ["cy", "y"] {
                assert!(numbers(&svg, name).iter().all(|y| (0.0..=view.height()).contains(y)));
            }
            assert!(svg.contains("<title id=\"map-t\">Where &amp; what</title><desc id=\"map-d\">&lt;d&gt;</desc>"));
            assert!(svg.contains("&lt;Lyttelton&gt;") && svg.contains("#p&quot;1") && !svg.contains("style="));
        }
    }

    #[test]
    fn what_lies_elsewhere_is_not_drawn() {
        let svg = drawn(View::Around { lat: -41.0, lon: 174.0, zoom: 12.0 });
        assert!(!svg.contains("Region") && svg.contains("Lyttelton"));
        assert!(svg.contains("land chosen"), "the country of the search is brought out");
    }

    #[test]
    fn areas_are_soft_and_what_is_claimed_by_several_is_dashed() {
        let svg = drawn(View::World);
        assert!(svg.contains("class=\"happened area\"") && svg.contains("class=\"disputed\""));
        assert!(
            svg.contains("class=\"dateline\"")
                && !svg.contains("class=\"named\"")
                && key(9).contains("claimed by several states")
        );
    }

    #[test]
    fn the_world_is_light_enough_for_a_page() {
        let svg = drawn(View::World);
        assert!(svg.len() < 120_000, "{}", svg.len());
    }
}
