//! Why an input could not be read, and the record that stands in its place.

use std::io;

use onrecord_ingest::{Reason, Refusal};
use serde::Serialize;

/// The kind of a [`Failure`], as `error.kind` of an error record gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// There is no such file.
    NotFound,
    /// The file may not be read by this user.
    PermissionDenied,
    /// The path is a directory.
    IsDirectory,
    /// The bytes are not UTF-8; the message gives the first bad one.
    InvalidUtf8,
    /// There is no text, or only white space.
    Empty,
    /// Not text: a NUL byte in the first 8 KiB, or the first bytes of a compressed or other known binary format.
    Binary,
    /// Longer than [`LIMIT`](crate::lines::LIMIT), or a page with more in it than is read.
    TooLarge,
    /// A page whose elements are nested too deep.
    TooDeep,
    /// A page with an element of too many attributes.
    TooManyAttributes,
    /// Not what its format says it should be, or cut off.
    Malformed,
    /// The line is not JSON, not an object, or a field of it is not what it should be.
    InvalidJson,
    /// The line has no `text`, or one that is not a string.
    MissingText,
    /// A format that this version does not read.
    Unsupported,
    /// Reading failed in another way; the message is the system's.
    Io,
    /// The program failed while it read this document. A bug: please report it.
    Internal,
}

impl Kind {
    /// Every kind, in the order of the help.
    #[cfg(test)]
    pub const ALL: [Kind; 15] = [
        Kind::NotFound,
        Kind::PermissionDenied,
        Kind::IsDirectory,
        Kind::InvalidUtf8,
        Kind::Empty,
        Kind::Binary,
        Kind::TooLarge,
        Kind::TooDeep,
        Kind::TooManyAttributes,
        Kind::Malformed,
        Kind::InvalidJson,
        Kind::MissingText,
        Kind::Unsupported,
        Kind::Io,
        Kind::Internal,
    ];

    /// Whether the input as a whole was not to be had, so that none of it was read.
    pub fn is_unopened(self) -> bool {
        matches!(self, Kind::NotFound | Kind::PermissionDenied | Kind::IsDirectory)
    }
}

/// Why one document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The kind, for programs.
    pub kind: Kind,
    /// What happened, for people: lower case, no full stop.
    pub message: String,
}

impl Failure {
    /// A failure of that kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Failure {
        Failure { kind, message: message.into() }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::NotFound => Failure::new(Kind::NotFound, "no such file"),
            io::ErrorKind::PermissionDenied => Failure::new(Kind::PermissionDenied, "permission denied"),
            io::ErrorKind::IsADirectory => Failure::new(Kind::IsDirectory, "is a directory; name the files in it"),
            _ => Failure::new(Kind::Io, error.to_string()),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        let kind = match refusal.reason {
            Reason::TooLarge | Reason::TooDense => Kind::TooLarge,
            Reason::TooDeep => Kind::TooDeep,
            Reason::TooManyAttributes => Kind::TooManyAttributes,
            Reason::NotUtf8 => Kind::InvalidUtf8,
            Reason::NoText => Kind::Empty,
            Reason::Unsupported | Reason::NoDocument | Reason::LinkOnly | Reason::Withdrawn => Kind::Unsupported,
            Reason::Truncated | Reason::Malformed | Reason::XmlDtd => Kind::Malformed,
            Reason::Forbidden
            | Reason::Unreachable
            | Reason::TooSlow
            | Reason::Disallowed
            | Reason::HttpStatus
            | Reason::TooBusy
            | Reason::Io => Kind::Io,
            Reason::Internal => Kind::Internal,
        };
        Failure::new(kind, refusal.message)
    }
}

/// What stands in the output in place of a record:
/// `{"onrecord":1,"document":{"id":"a17"},"error":{"kind":"missing_text","message":"the line has no \"text\""}}`.
#[derive(Debug, Serialize)]
pub struct ErrorRecord<'a> {
    onrecord: u32,
    document: ErrorDocument<'a>,
    error: &'a Failure,
}

#[derive(Debug, Serialize)]
struct ErrorDocument<'a> {
    id: &'a str,
}

impl<'a> ErrorRecord<'a> {
    /// The error record of the document `id`.
    pub fn new(id: &'a str, error: &'a Failure) -> ErrorRecord<'a> {
        ErrorRecord { onrecord: onrecord::record::FORMAT, document: ErrorDocument { id }, error }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{ErrorRecord, Failure, Kind};

    #[test]
    fn system_errors_have_their_kinds() {
        let kind = |kind: io::ErrorKind| Failure::from(io::Error::from(kind)).kind;
        assert_eq!(kind(io::ErrorKind::NotFound), Kind::NotFound);
        assert_eq!(kind(io::ErrorKind::PermissionDenied), Kind::PermissionDenied);
        assert_eq!(kind(io::ErrorKind::IsADirectory), Kind::IsDirectory);
        assert_eq!(kind(io::ErrorKind::TimedOut), Kind::Io);
    }

    #[test]
    fn an_error_record_has_the_shape_of_the_contract() {
        let failure = Failure::new(Kind::InvalidUtf8, "not UTF-8");
        assert_eq!(
            serde_json::to_string(&ErrorRecord::new("a17", &failure)).unwrap(),
            r#"{"onrecord":1,"document":{"id":"a17"},"error":{"kind":"invalid_utf8","message":"not UTF-8"}}"#
        );
    }
}
