//! What a time expression says, before a calendar is asked.

/// A time expression, taken apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Said {
    /// A day, a month, a time of day: something that a calendar has.
    Point(Point),
    /// "between September 23 and 27", "from 2014 to 2016".
    Range(Point, Point),
    /// "recently", "now", "in the future".
    Vague(Reference),
    /// "two hours", "several years".
    Length(Length),
    /// "every day", "Mondays", "weekly".
    Every(Every),
}

/// A place on the calendar, as far as it is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub base: Base,
    pub time: Option<TimeOfDay>,
}

impl Point {
    pub(crate) fn of(base: Base) -> Point {
        Point { base, time: None }
    }
}

/// The day, or the stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Base {
    /// Nothing but a time of day: the day is the one that the text talks about.
    Context,
    /// "September 23, 2022", "Friday", "the third quarter", "1988", "last May".
    Calendar(Calendar),
    /// Days from that of writing: "today" 0, "yesterday" -1.
    Day(i32),
    /// "last week", "the same day".
    Which(Which, Unit),
    /// "two days ago", "a year earlier".
    Shift(Length, Way),
    /// "the week of March 6".
    WeekOf(Calendar),
    /// "the year-ago quarter".
    QuarterBefore,
    /// "last Thanksgiving": the row of the table of holidays.
    Holiday(usize, Calendar),
}

/// Parts of a calendar date; what is not told is not set.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Calendar {
    pub year: Option<Year>,
    pub part: Option<Part>,
    pub day: Option<u8>,
    /// 1 is Monday.
    pub weekday: Option<u8>,
    /// "last Friday", "next May", "this summer"; with a year alone, "the same": "the 1988 quarter" is the quarter that the text talks about, in that year.
    pub which: Option<Which>,
    /// The year is one of accounts.
    pub fiscal: bool,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Year {
    Exact(i16),
    /// '98: the century is not told.
    Short(u8),
    /// The 1990s are 199.
    Decade(i16),
    /// The '90s are 9.
    ShortDecade(u8),
    /// The 20th century is 20.
    Century(u8),
    /// "June last year".
    Which(Which),
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Month(u8),
    Quarter(u8),
    Half(u8),
    Season(Season),
}

/// The seasons of the northern calendar, by the name that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Which one of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one before that of writing.
    Last,
    /// The one before that the text talks about.
    Previous,
    This,
    Next,
    /// The one after that the text talks about.
    Following,
    /// The one that the text talks about.
    Same,
    /// The one finished last: "the latest quarter".
    Latest,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

/// How long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Length {
    /// Not set where it is vague: "several".
    pub count: Option<f64>,
    pub unit: Unit,
    /// "and six months".
    pub more: Option<(f64, Unit)>,
}

/// From where, and to which side, a length is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Back from the day of writing.
    Ago,
    /// On from the day of writing.
    Hence,
    /// Back from the day that the text talks about.
    Earlier,
    /// On from it.
    Later,
}

/// What comes again and again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Every {
    Length(Length),
    Weekday(u8, Option<TimeOfDay>),
    Part(Part),
    Time(TimeOfDay),
    Weekend,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TimeOfDay {
    /// Hour and minute; whether they are told to be Greenwich time.
    Clock { hour: u8, minute: u8, universal: bool },
    /// MO, AF, EV, NI, DT.
    Part(&'static str),
}

/// Times without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference {
    Past,
    Present,
    Future,
}

/// TIMEX3 mod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
}
