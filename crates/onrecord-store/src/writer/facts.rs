//! Who, where, when and how much: the rows of entities, places, times and quantities.

use onrecord::Record;
use onrecord::record::{Entity, MentionForm, Place, TimeType};
use rusqlite::{OptionalExtension, params};

use super::{Writer, integer, list, ordinal};
use crate::{StoreError, subjects};

impl Writer {
    /// Writes the entities of a record; returns the subject of each.
    pub(super) fn write_entities(&mut self, record: &Record, document: i64) -> Result<Vec<Option<i64>>, StoreError> {
        let sql = "INSERT INTO entities (document, ordinal, name, kind, named, roles, country, sector, subject, mentioned) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let mut subjects = Vec::with_capacity(record.entities.len());
        for (entity, ordinal_of) in record.entities.iter().zip(1_i64..) {
            let place = entity.place.as_deref().and_then(ordinal).and_then(|at| record.places.get(at - 1));
            let subject = subjects::assign(&self.connection, entity, place, &mut self.touched)?;
            let roles: Vec<&str> = entity.roles.iter().map(|role| role.text.as_str()).collect();
            self.connection.prepare_cached(sql)?.execute(params![
                document,
                ordinal_of,
                entity.name,
                subjects::word(entity.kind),
                entity.named,
                list(&roles),
                entity.country,
                entity.sector,
                subject,
                subject.map(|_| mentioned(entity)),
            ])?;
            subjects.push(subject);
        }
        Ok(subjects)
    }

    /// Writes the places of a record; returns the number of each in the table of places.
    pub(super) fn write_places(&mut self, record: &Record, document: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "INSERT INTO place_mentions (document, ordinal, place, start, \"end\", as_actor, dateline) VALUES (?, ?, ?, ?, ?, ?, ?)";
        let mut numbers = Vec::with_capacity(record.places.len());
        for (place, ordinal) in record.places.iter().zip(1_i64..) {
            let number = self.place(place)?;
            self.connection.prepare_cached(sql)?.execute(params![
                document,
                ordinal,
                number,
                integer(place.span.start),
                integer(place.span.end),
                place.as_actor,
                place.dateline,
            ])?;
            numbers.push(number);
        }
        Ok(numbers)
    }

    fn place(&mut self, place: &Place) -> Result<i64, StoreError> {
        let claimed_by = list(&place.claimed_by);
        let geonames = place.geonames.map(i64::from);
        let row = params![place.name, place.kind, place.country, place.lat, place.lon, geonames, claimed_by];
        let name = format!(
            "{}|{}|{:?}|{:?}|{:?}|{geonames:?}|{claimed_by:?}",
            place.name, place.kind, place.country, place.lat, place.lon
        );
        self.number_of_name(
            "places",
            name,
            |connection| {
                let sql = "SELECT number FROM places WHERE name = ? AND kind = ? AND country IS ? AND lat IS ? AND lon IS ? AND geonames IS ? \
                           AND claimed_by IS ?";
                connection.prepare_cached(sql)?.query_row(row, |row| row.get(0)).optional()
            },
            |connection| {
                let sql = "INSERT INTO places (name, kind, country, lat, lon, geonames, claimed_by) VALUES (?, ?, ?, ?, ?, ?, ?)";
                connection.prepare_cached(sql)?.insert(row)
            },
        )
    }

    /// Writes the times of a record.
    pub(super) fn write_times(&mut self, record: &Record, document: i64) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO times (document, ordinal, start, \"end\", type, value, mod) VALUES (?, ?, ?, ?, ?, ?, ?)";
        for (time, ordinal) in record.times.iter().zip(1_i64..) {
            let kind = match time.kind {
                TimeType::Date => "DATE",
                TimeType::Time => "TIME",
                TimeType::Duration => "DURATION",
                TimeType::Set => "SET",
            };
            self.connection.prepare_cached(sql)?.execute(params![
                document,
                ordinal,
                integer(time.span.start),
                integer(time.span.end),
                kind,
                time.value,
                time.modifier,
            ])?;
        }
        Ok(())
    }

    /// Writes the quantities of a record.
    pub(super) fn write_quantities(&mut self, record: &Record, document: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO quantities (document, ordinal, start, \"end\", value, upper, unit, unit_code, bound) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        for (quantity, ordinal) in record.quantities.iter().zip(1_i64..) {
            self.connection.prepare_cached(sql)?.execute(params![
                document,
                ordinal,
                integer(quantity.span.start),
                integer(quantity.span.end),
                quantity.value,
                quantity.upper,
                quantity.unit,
                quantity.unit_code,
                Some(crate::words::name(&quantity.bound)).filter(|bound| bound != "exactly"),
            ])?;
        }
        Ok(())
    }
}

/// Where an entity is mentioned, as the view `mentions` takes it apart.
fn mentioned(entity: &Entity) -> String {
    let mention = |mention: &onrecord::record::Mention| {
        let form = match mention.form {
            MentionForm::Name => 1,
            MentionForm::Nominal => 2,
            MentionForm::Pronoun => 3,
        };
        format!("{},{},{form}", mention.span.start, mention.span.end.saturating_sub(mention.span.start))
    };
    format!("[{}]", entity.mentions.iter().map(mention).collect::<Vec<_>>().join(","))
}
