//! Head scores → mentions: the names and noun phrases of an article, and its pronouns.
//!
//! Reads the document and, window by window, what the encoder gives for it; produces [`Mention`]s in the order of the text. Absent on purpose: who
//! is who.

mod numbers;
mod pronouns;
mod quantities;
mod tags;
mod times;

pub(crate) use numbers::numerals;
pub(crate) use pronouns::{Number, Person, Pronoun, Shape, pronoun};
pub(crate) use quantities::{Bound, Quantity, quantities};
pub(crate) use times::{
    Base, Calendar, Every, Length, Modifier, Part, Point, Reference, Said, Season, TimeExpression, TimeOfDay, Unit,
    Way, Which, Year, times,
};

use crate::document::{Document, Span};
use crate::encoder::{Vectors, Window};

/// What a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Person,
    Organization,
    Place,
    /// A people, a faith, the members of a party.
    Group,
    /// A product, a ship, a film.
    Work,
    Other,
}

/// How a mention stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Form {
    Name,
    Nominal,
    Pronoun,
}

/// One mention, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub span: Span,
    pub kind: Kind,
    pub form: Form,
}

/// Collects the mentions of a document, window by window.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    found: Vec<Mention>,
}

impl Collector {
    /// Takes the mentions that the heads mark in one window; context pieces were read with the window before.
    pub(crate) fn take(&mut self, document: &Document, window: &Window, vectors: &Vectors) {
        for (_, pieces) in &window.segments {
            let named = tags::runs(document, window, pieces.clone(), |at| vectors.named_scores(at));
            let kinds =
                [Kind::Person, Kind::Organization, Kind::Place, Kind::Place, Kind::Group, Kind::Other, Kind::Work];
            self.add(named, &kinds, Form::Name);
            let nominal = tags::runs(document, window, pieces.clone(), |at| vectors.nominal_scores(at));
            self.add(nominal, &[Kind::Person, Kind::Organization, Kind::Place], Form::Nominal);
        }
    }

    fn add(&mut self, runs: Vec<(Span, usize)>, kinds: &[Kind], form: Form) {
        let mention = |(span, kind): (Span, usize)| Some(Mention { span, kind: *kinds.get(kind)?, form });
        self.found.extend(runs.into_iter().filter_map(mention));
    }

    /// All mentions in the order of the text.
    pub(crate) fn mentions(mut self) -> Vec<Mention> {
        self.found.sort_unstable();
        self.found
    }
}
