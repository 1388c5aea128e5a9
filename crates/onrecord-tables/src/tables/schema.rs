//! The columns of the five tables: the one place where they stand.
//!
//! Every encoding and the DDL for Spark is made from here. Only kinds that Spark takes back from Arrow, in 3.5 as in 4, are used: strings, 64-bit integers and floats,
//! booleans, microseconds in UTC, and lists of strings or structs. Spark matches columns by their place: a column may be added behind the others, never moved.

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// An article a row.
    Documents,
    /// A statement a row.
    Statements,
    /// Something that happened a row, however often the article tells of it.
    Events,
    /// A mention of such a thing a row.
    EventMentions,
    /// Somebody or something that an article speaks of a row.
    Entities,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its values are; each may be missing.
    pub kind: Kind,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// 64-bit integers.
    Whole,
    /// 64-bit floats.
    Number,
    /// Yes or no.
    Truth,
    /// Microseconds since 1970 in UTC.
    Instant,
    /// Lists of text.
    Texts,
    /// Lists of structs.
    Group(&'static [Column]),
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

const fn whole(name: &'static str) -> Column {
    Column { name, kind: Kind::Whole }
}

const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number }
}

const fn truth(name: &'static str) -> Column {
    Column { name, kind: Kind::Truth }
}

const fn instant(name: &'static str) -> Column {
    Column { name, kind: Kind::Instant }
}

const fn texts(name: &'static str) -> Column {
    Column { name, kind: Kind::Texts }
}

const fn group(name: &'static str, columns: &'static [Column]) -> Column {
    Column { name, kind: Kind::Group(columns) }
}

const SPAN: &[Column] = &[whole("start"), whole("end")];
const SPEAKER: &[Column] =
    &[text("entity_id"), text("entity"), text("name"), text("kind"), truth("named"), text("country"), text("sector")];
const PARTY: &[Column] =
    &[text("entity"), text("name"), text("text"), whole("start"), whole("end"), text("country"), text("sector")];
const TOLL: &[Column] =
    &[text("kind"), number("value"), number("upper"), text("bound"), text("text"), whole("start"), whole("end")];
const ROLE: &[Column] = &[text("text"), whole("start"), whole("end")];
const MENTION: &[Column] = &[text("text"), text("form"), whole("start"), whole("end")];

const DOCUMENTS: &[Column] = &[
    text("document_id"),
    text("document"),
    text("permalink"),
    text("url"),
    text("outlet"),
    text("title"),
    texts("bylines"),
    text("published_at"),
    text("published_at_basis"),
    instant("published_utc"),
    text("language"),
    text("text"),
    text("text_sha256"),
    whole("chars"),
    group("paragraphs", SPAN),
    group("sentences", SPAN),
    whole("entities"),
    whole("statements"),
    whole("events"),
    text("engine"),
    text("model"),
    text("record"),
];

const STATEMENTS: &[Column] = &[
    text("statement_id"),
    text("document_id"),
    text("document"),
    text("statement"),
    text("permalink"),
    text("url"),
    text("outlet"),
    text("title"),
    text("published_at"),
    text("parent"),
    text("speaker"),
    group("speakers", SPEAKER),
    text("source"),
    group("source_spans", SPAN),
    text("cue"),
    group("cue_spans", SPAN),
    text("lemma"),
    text("act"),
    text("content"),
    group("content_spans", SPAN),
    whole("start"),
    whole("end"),
    text("form"),
    text("polarity"),
    text("addressee"),
    text("medium"),
    text("said_when"),
    text("said_where"),
    text("date"),
    text("date_end"),
    text("date_precision"),
    text("place"),
    text("country"),
    number("lat"),
    number("lon"),
    number("confidence"),
    text("rule"),
];

const EVENTS: &[Column] = &[
    text("event_id"),
    text("document_id"),
    text("document"),
    text("event"),
    text("permalink"),
    text("url"),
    text("outlet"),
    text("title"),
    text("published_at"),
    text("trigger"),
    group("trigger_spans", SPAN),
    whole("start"),
    whole("end"),
    text("sentence"),
    text("event_type"),
    text("mode"),
    texts("contexts"),
    whole("quad"),
    number("score"),
    text("cameo"),
    text("cameo_title"),
    number("goldstein"),
    group("actors", PARTY),
    group("recipients", PARTY),
    text("date"),
    text("date_end"),
    text("date_precision"),
    text("date_from"),
    text("date_words"),
    text("place"),
    text("place_words"),
    text("place_kind"),
    text("country"),
    number("lat"),
    number("lon"),
    whole("geonames"),
    group("toll", TOLL),
    text("polarity"),
    text("certainty"),
    text("tense"),
    text("asserted_by"),
    text("speaker"),
    whole("mentions"),
    number("confidence"),
    text("rule"),
];

const EVENT_MENTIONS: &[Column] = &[
    text("mention_id"),
    text("event_id"),
    text("document_id"),
    text("document"),
    text("event"),
    text("permalink"),
    text("trigger"),
    group("trigger_spans", SPAN),
    whole("start"),
    whole("end"),
    whole("sentence_number"),
    text("sentence"),
    text("event_type"),
    text("mode"),
    text("polarity"),
    text("certainty"),
    text("tense"),
    text("asserted_by"),
    text("statement_id"),
    text("speaker"),
    number("confidence"),
    text("rule"),
];

const ENTITIES: &[Column] = &[
    text("entity_id"),
    text("document_id"),
    text("document"),
    text("entity"),
    text("permalink"),
    text("name"),
    text("kind"),
    truth("named"),
    text("country"),
    text("sector"),
    text("place"),
    number("lat"),
    number("lon"),
    whole("geonames"),
    group("roles", ROLE),
    group("mentions", MENTION),
    whole("statements"),
];

impl Table {
    /// All tables, those that others point to first.
    pub const ALL: [Table; 5] =
        [Table::Documents, Table::Statements, Table::Events, Table::EventMentions, Table::Entities];

    /// What its file is called, without an extension.
    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Statements => "statements",
            Table::Events => "events",
            Table::EventMentions => "event_mentions",
            Table::Entities => "entities",
        }
    }

    /// What a row of it is, as `type` of a JSON line has it.
    pub fn row_name(self) -> &'static str {
        match self {
            Table::Documents => "document",
            Table::Statements => "statement",
            Table::Events => "event",
            Table::EventMentions => "event_mention",
            Table::Entities => "entity",
        }
    }

    /// Its columns, in their order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Documents => DOCUMENTS,
            Table::Statements => STATEMENTS,
            Table::Events => EVENTS,
            Table::EventMentions => EVENT_MENTIONS,
            Table::Entities => ENTITIES,
        }
    }

    /// Its columns as Spark declares them: `document_id string, …`.
    pub fn spark_ddl(self) -> String {
        let columns = self.columns().iter().map(|column| format!("`{}` {}", column.name, ddl(column.kind)));
        columns.collect::<Vec<_>>().join(", ")
    }
}

fn ddl(kind: Kind) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        Kind::Whole => "bigint".to_owned(),
        Kind::Number => "double".to_owned(),
        Kind::Truth => "boolean".to_owned(),
        Kind::Instant => "timestamp".to_owned(),
        Kind::Texts => "array<string>".to_owned(),
        Kind::Group(columns) => {
            let fields: Vec<String> =
                columns.iter().map(|column| format!("`{}`: {}", column.name, ddl(column.kind))).collect();
            format!("array<struct<{}>>", fields.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Table;

    #[test]
    fn no_table_has_a_column_twice() {
        for table in Table::ALL {
            let mut names = HashSet::new();
            let twice: Vec<&str> =
                table.columns().iter().map(|column| column.name).filter(|name| !names.insert(*name)).collect();
            assert_eq!(twice, [""; 0], "{table:?}");
        }
    }

    #[test]
    fn spark_is_told_every_column_in_its_place() {
        let ddl = Table::Entities.spark_ddl();
        assert!(ddl.starts_with("`entity_id` string, `document_id` string, "), "{ddl}");
        assert!(
            ddl.ends_with(
                "`geonames` bigint, `roles` array<struct<`text`: string, `start`: bigint, `end`: bigint>>, \
                 `mentions` array<struct<`text`: string, `form`: string, `start`: bigint, `end`: bigint>>, `statements` bigint"
            ),
            "{ddl}"
        );
    }
}
