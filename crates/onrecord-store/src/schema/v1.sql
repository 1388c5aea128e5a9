-- Version 1. Every table is made to be read by people with sqlite3 or Datasette, too.
--
-- `number` of documents, statements and events: the day of publication (days since 1900-01-01, 0 where unknown) × 2^31 + the order of coming on
-- that day. So the newest is the highest number, and a stretch of days is a stretch of numbers.
-- `ordinal`: the place in the record's own list, from 1: ordinal 3 of `statements` is `s3`. Offsets (`start`, `end`) count characters (code points).
-- Foreign keys are declared, for readers of the schema; the writer keeps them itself, without an index for each.

CREATE TABLE outlets (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE engines (
    number INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    UNIQUE (version, model)
);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,              -- permalink, from the text
    text_sha256 TEXT NOT NULL,
    given_id TEXT,                        -- the id that the input gave, where it gave one
    url TEXT,
    canonical_url TEXT,
    outlet INTEGER REFERENCES outlets (number),
    title TEXT,
    bylines TEXT,                         -- a JSON array; null where there are none
    published_at TEXT,
    published_at_basis TEXT,
    published_at_rung TEXT,               -- which of the page's own words gave the date
    modified_at TEXT,
    language TEXT NOT NULL,
    engine INTEGER NOT NULL REFERENCES engines (number),
    origin TEXT,                          -- the file, archive or feed it came from
    member TEXT,                          -- which part of it
    added_at TEXT NOT NULL,
    first_statement INTEGER,              -- its statements have the numbers from here on
    statements INTEGER NOT NULL,
    first_event INTEGER,
    events INTEGER NOT NULL,
    text TEXT NOT NULL,
    packed BLOB NOT NULL                  -- the record without its text: see packed.rs; `Store::record` gives the record back, byte for byte
);
CREATE INDEX documents_by_outlet ON documents (outlet);

-- Where and when a text was seen: several texts under one address are versions of an article, one text under several addresses is syndicated.
CREATE TABLE versions (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (number),
    outlet INTEGER REFERENCES outlets (number),
    published_at TEXT,
    modified_at TEXT,
    first_seen TEXT NOT NULL,
    UNIQUE (url, document)
);
CREATE INDEX versions_by_document ON versions (document);

-- Taken out by a person; the same text does not come back by being read again.
CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;

-- Somebody or something across articles. One row for each name, kind, country and sector; rows that are held to be one and the same point to one of them.
CREATE TABLE subjects (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,              -- permalink, from name, kind, country and sector
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    family TEXT NOT NULL,                 -- what those share who may be one: the family name as it sounds, or the whole name of a body
    same_as INTEGER REFERENCES subjects (number),
    because TEXT
);
CREATE INDEX subjects_by_family ON subjects (kind, family);
CREATE INDEX subjects_by_same_as ON subjects (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE subject_names (
    subject INTEGER NOT NULL REFERENCES subjects (number),
    name TEXT NOT NULL,
    PRIMARY KEY (subject, name)
) WITHOUT ROWID;

CREATE TABLE subject_roles (
    subject INTEGER NOT NULL REFERENCES subjects (number),
    role TEXT NOT NULL,
    PRIMARY KEY (subject, role)
) WITHOUT ROWID;

CREATE TABLE entities (
    document INTEGER NOT NULL REFERENCES documents (number),
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    named INTEGER NOT NULL,
    roles TEXT,                           -- a JSON array of the words; null where there are none
    country TEXT,
    sector TEXT,
    subject INTEGER REFERENCES subjects (number),
    mentioned TEXT,                       -- of those with a subject, a JSON array: start, length, 1 name | 2 other noun | 3 pronoun, and so on
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX entities_by_subject ON entities (subject) WHERE subject IS NOT NULL;

CREATE VIEW mentions AS
SELECT
    entities.document,
    entities.ordinal AS entity,
    start.value AS start,
    start.value + json_extract(entities.mentioned, '$[' || (start.key + 1) || ']') AS "end",
    CASE json_extract(entities.mentioned, '$[' || (start.key + 2) || ']') WHEN 1 THEN 'name' WHEN 2 THEN 'nominal' ELSE 'pronoun' END AS form
FROM entities, json_each(entities.mentioned) AS start
WHERE start.key % 3 = 0;

CREATE TABLE places (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    lat REAL,
    lon REAL,
    geonames INTEGER,
    claimed_by TEXT                       -- a JSON array; null where undisputed
);
CREATE INDEX places_by_name ON places (name);
CREATE INDEX places_by_country ON places (country);

CREATE TABLE place_mentions (
    document INTEGER NOT NULL REFERENCES documents (number),
    ordinal INTEGER NOT NULL,
    place INTEGER NOT NULL REFERENCES places (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    as_actor INTEGER NOT NULL,
    dateline INTEGER NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX place_mentions_by_place ON place_mentions (place);

CREATE TABLE times (
    document INTEGER NOT NULL REFERENCES documents (number),
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT,                           -- TIMEX3
    mod TEXT,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE quantities (
    document INTEGER NOT NULL REFERENCES documents (number),
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    value REAL NOT NULL,
    upper REAL,
    unit TEXT,
    unit_code TEXT,
    bound TEXT,                           -- null: exactly
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

-- For reading, take the view `said`, which has the permalinks and the words.
CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (number),
    mark TEXT NOT NULL,                   -- the permalink is the document's, and these five characters from the spans
    ordinal INTEGER NOT NULL,
    parent INTEGER REFERENCES statements (number),
    speaker INTEGER REFERENCES subjects (number),
    source TEXT,                          -- the words; null where the text names none
    cue TEXT,
    act TEXT NOT NULL,
    form TEXT NOT NULL,
    negated INTEGER NOT NULL,             -- 1: said not to have been said
    first_day TEXT,                       -- when it was said, where the text tells
    last_day TEXT,
    place INTEGER REFERENCES places (number),
    start INTEGER NOT NULL,               -- of the content
    "end" INTEGER NOT NULL,
    content TEXT,                         -- the words, where they are in several pieces or the text is too long to be cut again and again; else null
    confidence INTEGER NOT NULL,          -- in thousandths
    status TEXT                           -- what a person made of it: null (nobody looked) | accepted | rejected | edited
);
CREATE INDEX statements_by_speaker ON statements (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX statements_by_status ON statements (status) WHERE status IS NOT NULL;

-- The second and later speakers of statements that several make.
CREATE TABLE further_speakers (
    statement INTEGER NOT NULL REFERENCES statements (number),
    speaker INTEGER NOT NULL REFERENCES subjects (number),
    PRIMARY KEY (statement, speaker)
) WITHOUT ROWID;
CREATE INDEX further_speakers_by_speaker ON further_speakers (speaker);

CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (number),
    mark TEXT NOT NULL,                   -- as in `statements`
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT,                        -- a JSON array; null where there are none
    cameo TEXT,
    quad INTEGER NOT NULL,
    trigger TEXT NOT NULL,
    actors TEXT,                          -- the words
    recipients TEXT,
    actor INTEGER REFERENCES subjects (number),
    recipient INTEGER REFERENCES subjects (number),
    first_day TEXT,
    last_day TEXT,                        -- null where it is the first
    precision TEXT,                       -- null: a day
    place INTEGER REFERENCES places (number),
    place_name TEXT,
    negated INTEGER NOT NULL,
    certainty TEXT,                       -- null: certain
    tense TEXT NOT NULL,
    asserted_by INTEGER REFERENCES statements (number), -- null: the article itself
    same_as INTEGER REFERENCES events (number),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    confidence INTEGER NOT NULL,          -- in thousandths
    status TEXT
);
CREATE INDEX events_by_actor ON events (actor) WHERE actor IS NOT NULL;
CREATE INDEX events_by_recipient ON events (recipient) WHERE recipient IS NOT NULL;
CREATE INDEX events_by_place ON events (place) WHERE place IS NOT NULL;
CREATE INDEX events_by_first_day ON events (first_day) WHERE first_day IS NOT NULL;
CREATE INDEX events_by_status ON events (status) WHERE status IS NOT NULL;

-- The second and later actors and recipients.
CREATE TABLE further_parties (
    event INTEGER NOT NULL REFERENCES events (number),
    role TEXT NOT NULL,                   -- actor | recipient
    party INTEGER NOT NULL REFERENCES subjects (number),
    PRIMARY KEY (event, role, party)
) WITHOUT ROWID;
CREATE INDEX further_parties_by_party ON further_parties (party, role);

-- Who said what, in words.
CREATE VIEW said AS
SELECT
    statements.number,
    documents.id || statements.mark AS id,
    documents.published_at,
    outlets.name AS outlet,
    documents.title,
    coalesce(same.name, subjects.name) AS speaker,
    statements.source,
    statements.cue,
    statement_words.content,
    statements.act,
    statements.form,
    statements.negated,
    statements.first_day,
    statements.last_day,
    places.name AS place,
    statements.confidence / 1000.0 AS confidence,
    statements.status,
    documents.url,
    documents.id AS document
FROM statements
JOIN statement_words ON statement_words.number = statements.number
JOIN documents ON documents.number = statements.document
LEFT JOIN outlets ON outlets.number = documents.outlet
LEFT JOIN subjects ON subjects.number = statements.speaker
LEFT JOIN subjects AS same ON same.number = subjects.same_as
LEFT JOIN places ON places.number = statements.place;

-- What the index of statements holds.
CREATE VIEW statement_words AS
SELECT
    statements.number,
    coalesce(statements.content, substr(documents.text, statements.start + 1, statements."end" - statements.start)) AS content,
    statements.source
FROM statements JOIN documents ON documents.number = statements.document;

CREATE VIRTUAL TABLE documents_fts USING fts5 (title, text, content = 'documents', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE statements_fts USING fts5 (content, source, content = 'statement_words', content_rowid = 'number', columnsize = 0, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE events_fts USING fts5 (trigger, actors, recipients, place_name, content = 'events', content_rowid = 'number', columnsize = 0, tokenize = "unicode61 remove_diacritics 2");

-- The facets of statements, events and documents, many rows to a block, for counting: see facets/. All of it can be made again from the tables above.
CREATE TABLE statement_facets (block INTEGER PRIMARY KEY, cells BLOB NOT NULL);
CREATE TABLE event_facets (block INTEGER PRIMARY KEY, cells BLOB NOT NULL);
CREATE TABLE document_facets (block INTEGER PRIMARY KEY, cells BLOB NOT NULL);

-- Runs over files, archives and feeds that go on where they stopped.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    options TEXT,                         -- JSON
    state TEXT NOT NULL,                  -- running | stopped | finished
    documents INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    passed_over INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) WITHOUT ROWID;

-- How far each file was read. Unchanged, it is not opened again.
CREATE TABLE inputs (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,            -- nanoseconds since 1970
    position INTEGER NOT NULL,            -- the part to go on with
    finished INTEGER NOT NULL,
    job TEXT REFERENCES jobs (id),
    updated_at TEXT NOT NULL
) WITHOUT ROWID;

-- Feeds that are watched, with the tags of their last answer: a feed that is as it was is not sent again.
CREATE TABLE feeds (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    etag TEXT,
    last_modified TEXT,
    answered_at TEXT                      -- null until every entry of an answer was kept
);

-- The entries of feeds that were seen, the latest with the highest number. An entry that is here does not come again.
CREATE TABLE feed_entries (
    number INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feeds (number),
    name TEXT NOT NULL,                   -- what names it in its feed: an id, else the link, else the title
    seen_at TEXT NOT NULL,
    UNIQUE (feed, name)
);

CREATE TABLE failures (
    number INTEGER PRIMARY KEY,
    job TEXT REFERENCES jobs (id),
    origin TEXT NOT NULL,
    member TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 1,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    UNIQUE (origin, member)
);
CREATE INDEX failures_by_job ON failures (job);

-- What people corrected, never changed and never taken away. `item` is a permalink, so a correction outlives a new reading of the article.
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT,                         -- JSON
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT
);
CREATE INDEX corrections_by_item ON corrections (item);
CREATE INDEX corrections_of_subjects ON corrections (number) WHERE kind IN ('merge', 'apart');

-- Those that were not taken back, or whose taking back was taken back.
CREATE VIEW standing_corrections AS
SELECT * FROM corrections AS entry
WHERE kind <> 'undo' AND NOT EXISTS (
    SELECT 1 FROM corrections AS undone
    WHERE undone.kind = 'undo' AND undone.item = entry.id
    AND NOT EXISTS (SELECT 1 FROM corrections AS redone WHERE redone.kind = 'undo' AND redone.item = undone.id)
);
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;
CREATE TRIGGER corrections_are_kept BEFORE DELETE ON corrections BEGIN SELECT RAISE(ABORT, 'corrections are never deleted'); END;

-- Who may ask a server that asks who they are. Of a token only its hash is kept: it cannot be had from here.
CREATE TABLE tokens (
    name TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,            -- SHA-256, in hexadecimal
    scope TEXT NOT NULL,                  -- read | correct | admin; each allows what those before it do
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT,
    used_at TEXT                          -- give or take an hour
) WITHOUT ROWID;
