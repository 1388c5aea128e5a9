//! Tables and weights, as they lie on disk: no logic.
//!
//! A table is TSV: comment lines that start with `#` (what it holds, origin, licence), a header line with the column names, then
//! rows sorted by their first column in byte order, which is unique.

/// Abbreviations that carry a full stop: (word, kind, reason). The word stands without its last stop, in its usual case.
pub const ABBREVIATIONS: &str = include_str!("../tables/abbreviations.tsv");

/// Cue words and what their speaker does with them: (lemma, act, reason).
pub const ACTS: &str = include_str!("../tables/acts.tsv");

/// Inflected forms of cue words that stripping an ending does not give: (form, lemma, reason).
pub const LEMMAS: &str = include_str!("../tables/lemmas.tsv");

/// Words that tell how, to whom and whether something was said: (word, kind, reason).
pub const CIRCUMSTANCES: &str = include_str!("../tables/circumstances.tsv");

/// Words behind a cue that tell when something was said: (word, kind, reason).
pub const CUE_TIMES: &str = include_str!("../tables/cue_times.tsv");

/// What an apostrophe may stand before at the start of a word (’em, ’tis): (word, kind, reason).
pub const ELISIONS: &str = include_str!("../tables/elisions.tsv");

/// Past tenses that tag a quotation before them (“Why?” Smith asked): (word, kind, reason).
pub const REPORTING_VERBS: &str = include_str!("../tables/reporting_verbs.tsv");

/// Words that, with a capital after an abbreviation, start a sentence: (word, kind, reason).
pub const SENTENCE_STARTERS: &str = include_str!("../tables/sentence_starters.tsv");

/// States: (name, ISO 3166-1 alpha-2 code, aliases, capitals, demonyms, reason); several in a cell are parted by semicolons.
pub const STATES: &str = include_str!("../tables/states.tsv");

/// Where the states of [`STATES`] lie: (name, code, lat, lon, GeoNames id, reason).
pub const COUNTRY_POINTS: &str = include_str!("../tables/country_points.tsv");

/// Regions, disputed areas, seas, rivers, mountains, landmarks: (name, kind, lat, lon, within, claimed by, aliases, reason).
pub const REGIONS: &str = include_str!("../tables/regions.tsv");

/// Daily newspapers and national broadcasters, and where their readers are: (domain, name, country, province, lat, lon, reason).
pub const OUTLETS: &str = include_str!("../tables/outlets.tsv");

/// Words around place names: (word, kinds parted by semicolons, reason).
pub const PLACE_WORDS: &str = include_str!("../tables/place_words.tsv");

/// Towns, districts and provinces of GeoNames, to be read in place; `gazetteer/README.md` of the repository tells the layout.
pub const GAZETTEER: &[u8] = include_bytes!("../gazetteer/places.bin");

/// Organisations of world news: (name, aliases, country, PLOVER sector, reason).
pub const ORGANISATIONS: &str = include_str!("../tables/organisations.tsv");

/// Nouns for a person: (noun, kind, gender, PLOVER sector, reason).
pub const PERSON_NOUNS: &str = include_str!("../tables/person_nouns.tsv");

/// Titles and nouns for a person that stand for another: (word, noun, reason).
pub const TITLES: &str = include_str!("../tables/titles.tsv");

/// Nouns for a body that can speak: (noun, PLOVER sector, kind, reason).
pub const BODY_NOUNS: &str = include_str!("../tables/body_nouns.tsv");

/// Words that tell of events: (word or phrase in its dictionary form, type, mode, reason); a word of several types has them parted by semicolons.
pub const EVENT_WORDS: &str = include_str!("../tables/event_words.tsv");

/// Words by which an event is filed under another type than its trigger suggests: (word, kinds, reason).
pub const EVENT_CODEBOOK: &str = include_str!("../tables/event_codebook.tsv");

/// Words around the trigger of an event that tell whether, when and how surely it happens: (word, kinds parted by semicolons, reason).
pub const EVENT_STATUS: &str = include_str!("../tables/event_status.tsv");

/// Words beside a number that tell what it counts of an event: (word, kind, reason).
pub const TOLL_WORDS: &str = include_str!("../tables/toll_words.tsv");

/// Small words by the work they do: (word, kinds parted by semicolons, reason).
pub const FUNCTION_WORDS: &str = include_str!("../tables/function_words.tsv");

/// Days with names: (name, day, reason).
pub const HOLIDAYS: &str = include_str!("../tables/holidays.tsv");

/// Words that tell when, how long and how often: (word, kinds, values, reason), the kinds and values parted by semicolons.
pub const TIME_WORDS: &str = include_str!("../tables/time_words.tsv");

/// Words that tell past from coming: (word, kinds parted by semicolons, reason).
pub const TENSE_WORDS: &str = include_str!("../tables/tense_words.tsv");

/// Given names that are forms of another: (name, the names that it may stand for, reason).
pub const GIVEN_NAME_VARIANTS: &str = include_str!("../tables/given_name_variants.tsv");

/// Given names: (name, gender, reason).
pub const GIVEN_NAMES: &str = include_str!("../tables/given_names.tsv");

/// Words that are numbers or parts of them: (word, kinds parted by semicolons, value, reason).
pub const NUMBER_WORDS: &str = include_str!("../tables/number_words.tsv");

/// Units of measure: (form, UCUM code, factor, base unit, what is measured, reason).
pub const UNITS: &str = include_str!("../tables/units.tsv");

/// Currencies: (form, ISO 4217 code, factor, kind, reason).
pub const CURRENCIES: &str = include_str!("../tables/currencies.tsv");

/// Words and signs that bound a number: (form, bound, place, reason).
pub const BOUNDS: &str = include_str!("../tables/bounds.tsv");

/// Plurals whose singular no ending gives: (plural, singular, reason).
pub const PLURALS: &str = include_str!("../tables/plurals.tsv");

/// Words around numbers, by what they tell of them: (word, kinds parted by semicolons, reason).
pub const QUANTITY_WORDS: &str = include_str!("../tables/quantity_words.tsv");

/// PLOVER → CAMEO: (type, mode and context parted by slashes, code, reason).
pub const CAMEO: &str = include_str!("../tables/cameo.tsv");

/// The codes of [`CAMEO`]: (code, Goldstein's weight, title, reason).
pub const CAMEO_CODES: &str = include_str!("../tables/cameo_codes.tsv");

/// What experts held PLOVER's types and modes to be: (type and mode parted by a slash, score from -10 to 10, reason).
pub const PLOVER_SCORES: &str = include_str!("../tables/plover_scores.tsv");

/// Sectors of PLOVER: (sector, CAMEO role, title, reason).
pub const SECTOR_CODES: &str = include_str!("../tables/sector_codes.tsv");

/// What other data sets call a state: (ISO alpha-2, ISO alpha-3, Correlates of War number and letters, FIPS 10-4, name, reason).
pub const COUNTRY_CODES: &str = include_str!("../tables/country_codes.tsv");

/// The reader model's encoder and the linear heads on it, but those of events, ONNX in int8; see `model/CARD.md`.
pub const READER: &[u8] = include_bytes!("../model/reader.onnx");

/// The layers that events have to themselves, and the linear heads on them, ONNX in int8.
pub const EVENTS: &[u8] = include_bytes!("../model/events.onnx");

/// The reader model's argument head, ONNX in int8.
pub const ARGUMENTS: &[u8] = include_bytes!("../model/arguments.onnx");

/// The reader model's party head, ONNX in int8.
pub const PARTIES: &[u8] = include_bytes!("../model/parties.onnx");

/// The word pieces that the reader model knows, one a line; a piece's id is its line number from 0.
pub const VOCABULARY: &str = include_str!("../model/vocabulary.txt");

/// Scores of moving from one argument tag to the next, learnt with the argument head: (from, one column a tag).
pub const TRANSITIONS: &str = include_str!("../model/transitions.tsv");

/// The same for the tags of actors and recipients.
pub const PARTY_TRANSITIONS: &str = include_str!("../model/party_transitions.tsv");

/// What each score of a trigger as a whole stands for, in the order in which the party head gives them: (part, value, mode).
pub const EVENT_LABELS: &str = include_str!("../model/event_labels.tsv");

#[cfg(test)]
mod tests {
    /// Every table of this crate. A new table is a new line here.
    const TABLES: &[(&str, &str)] = &[
        ("abbreviations", super::ABBREVIATIONS),
        ("acts", super::ACTS),
        ("body_nouns", super::BODY_NOUNS),
        ("bounds", super::BOUNDS),
        ("cameo", super::CAMEO),
        ("cameo_codes", super::CAMEO_CODES),
        ("circumstances", super::CIRCUMSTANCES),
        ("country_codes", super::COUNTRY_CODES),
        ("country_points", super::COUNTRY_POINTS),
        ("cue_times", super::CUE_TIMES),
        ("currencies", super::CURRENCIES),
        ("elisions", super::ELISIONS),
        ("event_codebook", super::EVENT_CODEBOOK),
        ("event_status", super::EVENT_STATUS),
        ("event_words", super::EVENT_WORDS),
        ("function_words", super::FUNCTION_WORDS),
        ("given_name_variants", super::GIVEN_NAME_VARIANTS),
        ("given_names", super::GIVEN_NAMES),
        ("holidays", super::HOLIDAYS),
        ("lemmas", super::LEMMAS),
        ("number_words", super::NUMBER_WORDS),
        ("organisations", super::ORGANISATIONS),
        ("outlets", super::OUTLETS),
        ("person_nouns", super::PERSON_NOUNS),
        ("place_words", super::PLACE_WORDS),
        ("plover_scores", super::PLOVER_SCORES),
        ("plurals", super::PLURALS),
        ("quantity_words", super::QUANTITY_WORDS),
        ("regions", super::REGIONS),
        ("reporting_verbs", super::REPORTING_VERBS),
        ("sector_codes", super::SECTOR_CODES),
        ("sentence_starters", super::SENTENCE_STARTERS),
        ("states", super::STATES),
        ("tense_words", super::TENSE_WORDS),
        ("time_words", super::TIME_WORDS),
        ("titles", super::TITLES),
        ("toll_words", super::TOLL_WORDS),
        ("units", super::UNITS),
    ];

    fn rows(table: &str) -> impl Iterator<Item = &str> {
        table.lines().skip_while(|line| line.starts_with('#'))
    }

    #[test]
    fn tables_are_sorted_and_unique() {
        for (name, table) in TABLES {
            let words: Vec<&str> = rows(table).skip(1).filter_map(|row| row.split('\t').next()).collect();
            for pair in words.windows(2) {
                assert!(pair[0] < pair[1], "{name}: {:?} stands before {:?}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn every_row_has_the_columns_of_the_header() {
        for (name, table) in TABLES {
            let columns = rows(table).next().map_or(0, |header| header.split('\t').count());
            for row in rows(table) {
                let cells: Vec<&str> = row.split('\t').collect();
                assert!(cells.len() == columns && cells.iter().all(|cell| !cell.is_empty()), "{name}: {row:?}");
            }
        }
    }

    #[test]
    fn every_table_names_its_origin_and_licence() {
        for (name, table) in TABLES {
            let comment: Vec<&str> = table.lines().take_while(|line| line.starts_with('#')).collect();
            let comment = comment.join("\n");
            assert!(comment.contains("Origin: ") && comment.contains("Licence: "), "{name}: {comment:?}");
        }
    }
}
