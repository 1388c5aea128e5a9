//! The query of an address ↔ what is asked of the store.
//!
//! A parameter that nothing has, a value that it cannot have, a page larger than is given: each is refused with its name, never passed over.

use onrecord_store::search::{Happened, Order, Query};

use crate::data::periods::Period;
use crate::problem::Problem;

/// How many rows a page has without asking.
pub const ROWS: usize = 50;
/// How many it has at most.
pub const MOST_ROWS: usize = 1000;
/// How long the words of a search are at most, in characters.
pub const MOST_CHARS: usize = 2000;

/// Kinds of subjects.
pub const KINDS: [&str; 6] = ["person", "organization", "place", "group", "work", "other"];

/// The parameters of a query, in their order, each with its values; empty ones are as good as not there, as a form sends them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Takes a query apart.
    pub fn of(query: Option<&str>) -> Parameters {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        Parameters(pairs.into_owned().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Refuses parameters that are none of `known`.
    ///
    /// # Errors
    /// [`Problem::Asked`] with the name.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => {
                Err(Problem::Asked(format!("no parameter is called {name:?}; these are: {}", known.join(", "))))
            }
            None => Ok(()),
        }
    }

    /// All values of a parameter.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// The one value of a parameter.
    ///
    /// # Errors
    /// [`Problem::Asked`] where there are several.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Problem::Asked(format!("{name} may be given once"))),
            (value, None) => Ok(value),
        }
    }

    /// The words of a search, at most [`MOST_CHARS`] characters; empty where there are none.
    ///
    /// # Errors
    /// [`Problem::Asked`].
    pub fn words(&self) -> Result<&str, Problem> {
        match self.one("q")?.unwrap_or_default() {
            words if words.chars().count() > MOST_CHARS => {
                Err(Problem::Asked(format!("q takes at most {MOST_CHARS} characters")))
            }
            words => Ok(words),
        }
    }

    /// How many rows: [`ROWS`] without asking, refused above [`MOST_ROWS`].
    ///
    /// # Errors
    /// [`Problem::Asked`].
    pub fn rows(&self) -> Result<usize, Problem> {
        let Some(text) = self.one("limit")? else { return Ok(ROWS) };
        let rows = text.parse().ok().filter(|rows| (1..=MOST_ROWS).contains(rows));
        rows.ok_or_else(|| Problem::Asked(format!("limit is {text:?}, but takes a number from 1 to {MOST_ROWS}")))
    }

    /// Where a page begins that is counted: a number of at most 18 digits.
    ///
    /// # Errors
    /// [`Problem::Asked`].
    pub fn place(&self, name: &str) -> Result<Option<u64>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let is_number = text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
        let place = text.parse().ok().filter(|_| is_number);
        place.map(Some).ok_or_else(|| Problem::Asked(format!("{name} is {text:?}, but takes what next_url has")))
    }

    /// Kinds of subjects, each one of [`KINDS`].
    ///
    /// # Errors
    /// [`Problem::Asked`].
    pub fn kinds(&self) -> Result<Vec<String>, Problem> {
        let kinds = self.all("kind");
        match kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
            Some(kind) => Err(Problem::Asked(format!("kind is {kind:?}, but takes one of: {}", KINDS.join(", ")))),
            None => Ok(kinds),
        }
    }

    /// A day, `2026-03-11`.
    ///
    /// # Errors
    /// [`Problem::Asked`].
    pub fn day(&self, name: &str) -> Result<Option<String>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        match text.parse::<jiff::civil::Date>() {
            Ok(date) if text.len() == 10 => Ok(Some(date.to_string())),
            _ => Err(Problem::Asked(format!("{name} is {text:?}, but takes a day such as 2026-03-11"))),
        }
    }

    /// These parameters with all values of `name` replaced by `value`, or taken away; without the place of a page, which would lead astray.
    pub fn with(&self, name: &str, value: Option<&str>) -> Parameters {
        let kept = self.0.iter().filter(|(key, _)| key != name && key != "after").cloned();
        Parameters(kept.chain(value.map(|value| (name.to_owned(), value.to_owned()))).collect())
    }

    /// These parameters for the days of a period alone.
    pub fn between(&self, period: &Period) -> Parameters {
        self.with("from", Some(&period.from)).with("to", Some(&period.to))
    }

    /// These parameters and one more.
    pub fn and(&self, name: &str, value: &str) -> Parameters {
        Parameters(self.0.iter().cloned().chain([(name.to_owned(), value.to_owned())]).collect())
    }

    /// These parameters with one value of `name` more, or without it where it is there.
    pub fn toggled(&self, name: &str, value: &str) -> Parameters {
        let pair = (name.to_owned(), value.to_owned());
        let mut pairs: Vec<_> = self.0.iter().filter(|(key, _)| key != "after").cloned().collect();
        match pairs.iter().position(|known| *known == pair) {
            Some(at) => drop(pairs.remove(at)),
            None => pairs.push(pair),
        }
        Parameters(pairs)
    }

    /// `path?a=1&b=2`, or `path` alone.
    pub fn behind(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let query = query.extend_pairs(&self.0).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The pairs, in their order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Parameters of every search.
const EVERY: [&str; 5] = ["q", "outlet", "from", "to", "facets"];
/// Those of lists beside them.
const LISTS: [&str; 3] = ["order", "limit", "after"];
/// Those of statements and events.
const ITEMS: [&str; 4] = ["country", "place", "status", "negated"];
/// Those of events alone.
const EVENTS: [&str; 7] = ["type", "actor", "recipient", "party", "asserted", "happened_from", "happened_to"];

/// What is searched, and which parameters it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Who said what.
    Statements,
    /// What is reported to have happened.
    Events,
    /// Articles.
    Documents,
    /// Events, by when they happened.
    Timeline,
    /// Places, and the events there.
    Map,
}

impl Among {
    /// The parameters that a search among these takes.
    pub fn parameters(self) -> Vec<&'static str> {
        let own: &[&[&str]] = match self {
            Among::Statements => &[&LISTS, &["speaker", "act", "form"], &ITEMS],
            Among::Events => &[&LISTS, &EVENTS, &["precision"], &ITEMS],
            Among::Documents => &[&LISTS],
            Among::Timeline => &[&EVENTS, &ITEMS],
            Among::Map => &[&["limit", "after", "region", "at", "zoom"], &EVENTS, &ITEMS],
        };
        [EVERY.as_slice()].iter().chain(own).flat_map(|list| list.iter()).copied().collect()
    }
}

/// The search that parameters ask for.
///
/// # Errors
/// [`Problem::Asked`].
pub fn search(parameters: &Parameters, among: Among) -> Result<Query, Problem> {
    parameters.only(&among.parameters())?;
    let order = match parameters.one("order")? {
        None | Some("best") => Order::Best,
        Some("newest") => Order::Newest,
        Some(other) => return Err(Problem::Asked(format!("order is {other:?}, but takes best or newest"))),
    };
    Ok(Query {
        text: parameters.words()?.to_owned(),
        speakers: parameters.all("speaker"),
        outlets: parameters.all("outlet"),
        acts: parameters.all("act"),
        forms: parameters.all("form"),
        negated: truth(parameters, "negated")?,
        types: parameters.all("type"),
        actors: parameters.all("actor"),
        recipients: parameters.all("recipient"),
        parties: parameters.all("party"),
        asserters: parameters.all("asserted"),
        happened: Happened {
            from: parameters.day("happened_from")?,
            to: parameters.day("happened_to")?,
            precisions: parameters.all("precision"),
        },
        countries: parameters.all("country"),
        places: parameters.all("place"),
        statuses: parameters.all("status"),
        from: parameters.day("from")?,
        to: parameters.day("to")?,
        order,
        limit: parameters.rows()?,
        after: parameters.one("after")?.map(str::to_owned),
        counts: truth(parameters, "facets")?.unwrap_or(true),
        facet_values: 12,
    })
}

/// `true` or `false`.
fn truth(parameters: &Parameters, name: &str) -> Result<Option<bool>, Problem> {
    match parameters.one(name)? {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(other) => Err(Problem::Asked(format!("{name} is {other:?}, but takes true or false"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Among, Parameters, search};

    fn refused(query: &str) -> String {
        search(&Parameters::of(Some(query)), Among::Statements).unwrap_err().to_string()
    }

    #[test]
    fn what_is_asked_wrongly_is_refused_by_name() {
        assert!(refused("speeker=a").starts_with("no parameter is called \"speeker\"; these are: q, outlet"));
        assert_eq!(refused("limit=5000"), "limit is \"5000\", but takes a number from 1 to 1000");
        assert_eq!(refused("from=2026-13-01"), "from is \"2026-13-01\", but takes a day such as 2026-03-11");
        assert_eq!(refused("q=a&q=b"), "q may be given once");
    }

    #[test]
    fn a_saved_search_is_its_address() {
        let asked = Parameters::of(Some("q=dam+%26+lock&act=deny&speaker=&after=12"));
        assert_eq!(asked.toggled("act", "say").behind("/statements"), "/statements?q=dam+%26+lock&act=deny&act=say");
        assert_eq!(asked.toggled("act", "deny").behind("/statements"), "/statements?q=dam+%26+lock");
        assert_eq!(Parameters::default().behind("/statements"), "/statements");
    }
}
