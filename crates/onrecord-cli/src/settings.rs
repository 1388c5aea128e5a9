//! Flags, the environment, `onrecord.toml` and defaults → settings, each with where it came from.
//!
//! A flag goes before a variable of the environment, that before the file, and that before the default. The file is the first `onrecord.toml` from the current folder
//! upwards; paths in it count from its own folder. A setting that does not exist, or a value that it cannot have, is refused: nothing is passed over in silence.

use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use onrecord_ingest::fetch::Manners;
use onrecord_server::Pace;

/// The name of the file.
pub const FILE: &str = "onrecord.toml";

/// A setting as it is documented.
#[derive(Debug)]
pub struct Key {
    /// Its name in the file, where a point parts table and key.
    pub name: &'static str,
    /// The value without any.
    pub default: &'static str,
    /// What it may be.
    pub takes: &'static str,
    is_valid: fn(&str) -> bool,
}

/// Every setting, in the order of the file.
pub const KEYS: [Key; 11] = [
    Key { name: "store", default: "onrecord.db", takes: "a path", is_valid: |text| !text.is_empty() },
    Key {
        name: "threads",
        default: "auto",
        takes: "auto, or a number from 1 to 1024",
        is_valid: |text| text == "auto" || is_number(text, 1024),
    },
    Key {
        name: "progress",
        default: "auto",
        takes: "auto or never",
        is_valid: |text| matches!(text, "auto" | "never"),
    },
    Key {
        name: "limits.page",
        default: "20",
        takes: "a number from 1 to 10000",
        is_valid: |text| is_number(text, 10_000),
    },
    Key {
        name: "limits.search-seconds",
        default: "none",
        takes: "none, or a number from 1 to 86400",
        is_valid: |text| text == "none" || is_number(text, 86_400),
    },
    Key {
        name: "limits.requests-per-second",
        default: "auto",
        takes: "auto (50, but none from this machine), none, or a number from 1 to 100000",
        is_valid: |text| matches!(text, "auto" | "none") || is_number(text, 100_000),
    },
    Key {
        name: "limits.connections",
        default: "4096",
        takes: "a number from 1 to 1000000",
        is_valid: |text| is_number(text, 1_000_000),
    },
    Key {
        name: "limits.reading-threads",
        default: "2",
        takes: "a number from 1 to 1024",
        is_valid: |text| is_number(text, 1024),
    },
    Key {
        name: "fetch.user-agent",
        default: "auto",
        takes: "auto, or a name such as desk/1.0 (+https://desk.example/bot)",
        is_valid: |text| text == "auto" || is_user_agent(text),
    },
    Key {
        name: "fetch.pause-seconds",
        default: "1",
        takes: "a number from 0 to 3600",
        is_valid: |text| seconds(text).is_some(),
    },
    Key {
        name: "fetch.allow",
        default: "none",
        takes: "none, or addresses such as 127.0.0.1:8080, with commas between them",
        is_valid: |text| text == "none" || addresses(text).is_some(),
    },
];

fn is_number(text: &str, most: u32) -> bool {
    text.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
}

/// Whether a program may call itself so: a product that robots.txt can name, then what it likes, on one line.
fn is_user_agent(text: &str) -> bool {
    let product = text.split(['/', ' ']).next().unwrap_or_default();
    let is_product = !product.is_empty() && product.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
    is_product && text.len() <= 200 && text.chars().all(|c| matches!(c, ' '..='~'))
}

fn seconds(text: &str) -> Option<Duration> {
    let number = text.parse().ok().filter(|number: &f64| (0.0..=3600.0).contains(number))?;
    Duration::try_from_secs_f64(number).ok()
}

/// Addresses with their ports; one without is meant on those of http and https.
fn addresses(text: &str) -> Option<Vec<SocketAddr>> {
    let of_one = |text: &str| {
        let on_port = text.parse().ok().map(|address: SocketAddr| vec![address]);
        on_port
            .or_else(|| text.parse().ok().map(|address: IpAddr| [80, 443].map(|port| (address, port).into()).to_vec()))
    };
    let all: Option<Vec<_>> = text.split(',').map(|part| of_one(part.trim())).collect();
    all.map(|all| all.concat())
}

impl Key {
    /// Its variable in the environment: `ONRECORD_LIMITS_PAGE`.
    pub fn variable(&self) -> String {
        format!("ONRECORD_{}", self.name.replace(['.', '-'], "_").to_uppercase())
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An argument of this run.
    Flag,
    /// A variable of the environment.
    Environment(String),
    /// The file.
    File(PathBuf),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("flag"),
            Origin::Environment(name) => write!(f, "environment: {name}"),
            Origin::File(path) => write!(f, "file: {}", path.display()),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// Why settings could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{}: {error}", path.display())]
    Unread {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The file is not TOML.
    #[error("{}, line {line}: {why}", path.display())]
    Syntax {
        /// Which.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// A name that no setting has.
    #[error("{}: there is no setting {name:?}; did you mean {nearest}?", path.display())]
    Unknown {
        /// Which file.
        path: PathBuf,
        /// The name.
        name: String,
        /// The setting whose name is nearest.
        nearest: &'static str,
    },
    /// A value of a kind that no setting takes.
    #[error("{}: {name} is a TOML {kind}, but takes {takes}", path.display())]
    Kind {
        /// Which file.
        path: PathBuf,
        /// The setting.
        name: &'static str,
        /// What it is.
        kind: &'static str,
        /// What it may be.
        takes: &'static str,
    },
    /// A value that the setting cannot have.
    #[error("{origin}: {name} is {value:?}, but takes {takes}")]
    Value {
        /// Where it came from.
        origin: Origin,
        /// The setting.
        name: &'static str,
        /// The value.
        value: String,
        /// What it may be.
        takes: &'static str,
    },
}

/// The value of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The value as text.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// All settings of a run, in the order of [`KEYS`].
#[derive(Debug, Clone)]
pub struct Settings(Vec<Setting>);

/// When the line that says how far a run has come is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// On a terminal.
    Auto,
    /// Nowhere.
    Never,
}

impl Settings {
    /// Those of the current folder and the environment.
    ///
    /// # Errors
    /// The file cannot be read, or a value is none.
    pub fn load() -> Result<Settings, SettingsError> {
        let folder = env::current_dir().unwrap_or_default();
        let file = folder.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file());
        let written = file.map(|path| read(&path).map(|values| (path, values))).transpose()?;
        let settings = KEYS.iter().map(|key| {
            let variable = key.variable();
            if let Some(value) = env::var_os(&variable).filter(|value| !value.is_empty()) {
                return valid(key, value.to_string_lossy().into_owned(), Origin::Environment(variable));
            }
            let from_file = written.as_ref().and_then(|(path, values)| {
                values.iter().find(|(name, _)| name == key.name).map(|(_, value)| (path, value.clone()))
            });
            match from_file {
                Some((path, value)) => valid(key, value, Origin::File(path.clone())),
                None => Ok(Setting { value: key.default.to_owned(), origin: Origin::Default }),
            }
        });
        settings.collect::<Result<_, _>>().map(Settings)
    }

    /// The settings with their names.
    pub fn each(&self) -> impl Iterator<Item = (&'static Key, &Setting)> {
        KEYS.iter().zip(&self.0)
    }

    /// These settings, but for what a flag says.
    ///
    /// # Errors
    /// A value that the setting cannot have.
    pub fn with_flag(mut self, name: &str, value: Option<String>) -> Result<Settings, SettingsError> {
        if let Some(value) = value {
            for (key, setting) in KEYS.iter().zip(&mut self.0).filter(|(key, _)| key.name == name) {
                *setting = valid(key, value.clone(), Origin::Flag)?;
            }
        }
        Ok(self)
    }

    fn get(&self, name: &str) -> &str {
        self.each().find(|(key, _)| key.name == name).map_or("", |(_, setting)| &setting.value)
    }

    /// The store: what a flag says, else the setting; a path of the file counts from the file's folder.
    pub fn store(&self, flag: Option<&Path>) -> PathBuf {
        if let Some(path) = flag {
            return path.to_owned();
        }
        let setting = self.each().find(|(key, _)| key.name == "store").map(|(_, setting)| setting);
        match setting {
            Some(Setting { value, origin: Origin::File(file) }) => file.parent().unwrap_or(Path::new("")).join(value),
            Some(Setting { value, .. }) => PathBuf::from(value),
            None => PathBuf::from("onrecord.db"),
        }
    }

    /// How many articles are read at once; none: one for each core.
    pub fn threads(&self) -> Option<NonZeroUsize> {
        self.get("threads").parse().ok()
    }

    /// When progress is shown.
    pub fn progress(&self) -> Showing {
        if self.get("progress") == "never" { Showing::Never } else { Showing::Auto }
    }

    /// How many rows of a table a terminal is given at once.
    pub fn page(&self) -> usize {
        self.get("limits.page").parse().unwrap_or(20)
    }

    /// How often one may ask a server.
    pub fn pace(&self) -> Pace {
        match self.get("limits.requests-per-second") {
            "none" => Pace::Free,
            number => number.parse().map_or(Pace::Elsewhere(50), Pace::Everyone),
        }
    }

    /// How many connections to a server may be open.
    pub fn connections(&self) -> usize {
        self.get("limits.connections").parse().unwrap_or(4096)
    }

    /// How many texts a server reads at once.
    pub fn reading_threads(&self) -> usize {
        self.get("limits.reading-threads").parse().unwrap_or(2)
    }

    /// How long a store may take to answer; none: as long as it takes.
    pub fn search_time(&self) -> Option<Duration> {
        self.get("limits.search-seconds").parse().ok().map(Duration::from_secs)
    }

    /// How addresses are asked.
    pub fn manners(&self) -> Manners {
        let usual = Manners::default();
        let user_agent = Some(self.get("fetch.user-agent")).filter(|name| *name != "auto");
        Manners {
            user_agent: user_agent.map_or(usual.user_agent, str::to_owned),
            pause: seconds(self.get("fetch.pause-seconds")).unwrap_or(usual.pause),
            allowed: addresses(self.get("fetch.allow")).unwrap_or_default(),
            ..usual
        }
    }
}

fn valid(key: &'static Key, value: String, origin: Origin) -> Result<Setting, SettingsError> {
    if (key.is_valid)(&value) {
        Ok(Setting { value, origin })
    } else {
        Err(SettingsError::Value { origin, name: key.name, value, takes: key.takes })
    }
}

/// The names and values of a file.
fn read(path: &Path) -> Result<Vec<(String, String)>, SettingsError> {
    let text = fs::read_to_string(path).map_err(|error| SettingsError::Unread { path: path.to_owned(), error })?;
    let table: toml::Table = toml::from_str(&text).map_err(|error: toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|&byte| byte == b'\n').count() + 1;
        SettingsError::Syntax { path: path.to_owned(), line, why: error.message().replace('\n', "; ") }
    })?;
    let mut values = Vec::new();
    flatten("", &table, &mut values);
    values.into_iter().map(|(name, value)| known(path, name, value)).collect()
}

/// A value as text, or what kind it is.
type Written = Result<String, &'static str>;

fn known(path: &Path, name: String, value: Written) -> Result<(String, String), SettingsError> {
    let Some(key) = KEYS.iter().find(|key| key.name == name) else {
        let distance = |key: &&Key| strsim::damerau_levenshtein(key.name, &name);
        let nearest = KEYS.iter().min_by_key(distance).map_or("store", |key| key.name);
        return Err(SettingsError::Unknown { path: path.to_owned(), name, nearest });
    };
    let refused = |kind| SettingsError::Kind { path: path.to_owned(), name: key.name, kind, takes: key.takes };
    value.map(|value| (name, value)).map_err(refused)
}

fn flatten(prefix: &str, table: &toml::Table, values: &mut Vec<(String, Written)>) {
    for (name, value) in table {
        let name = format!("{prefix}{name}");
        match value {
            toml::Value::Table(inner) if !KEYS.iter().any(|key| key.name == name) => {
                flatten(&format!("{name}."), inner, values);
            }
            toml::Value::String(text) => values.push((name, Ok(text.clone()))),
            toml::Value::Integer(number) => values.push((name, Ok(number.to_string()))),
            toml::Value::Float(number) => values.push((name, Ok(number.to_string()))),
            other => values.push((name, Err(other.type_str()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYS, Origin, SettingsError, addresses, is_user_agent, read, valid};

    #[test]
    fn every_default_is_a_value_that_the_setting_takes() {
        for key in &KEYS {
            assert!(valid(key, key.default.to_owned(), Origin::Default).is_ok(), "{}", key.name);
            assert!(valid(key, String::new(), Origin::Default).is_err(), "{}", key.name);
        }
        assert_eq!(KEYS[4].variable(), "ONRECORD_LIMITS_SEARCH_SECONDS");
    }

    #[test]
    fn what_asks_addresses_can_be_named_and_is_on_its_ports() {
        for name in ["desk", "desk/1.0", "news-desk/2 (+https://desk.example/bot)"] {
            assert!(is_user_agent(name), "{name}");
        }
        for name in ["", "/1.0", "desk2/1.0", "desk\nX: y", "désk"] {
            assert!(!is_user_agent(name), "{name}");
        }
        let written = |text| addresses(text).map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(
            written("127.0.0.1:8080, [::1]:81,10.0.0.7").unwrap(),
            ["127.0.0.1:8080", "[::1]:81", "10.0.0.7:80", "10.0.0.7:443"]
        );
        assert_eq!((written("localhost:80"), written("127.0.0.1,")), (None, None));
    }

    #[test]
    fn every_setting_is_documented_with_its_variable_and_default() {
        let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/store.md");
        let page = std::fs::read_to_string(page).unwrap();
        for key in &KEYS {
            let row = format!("| `{}` | `{}` | `{}` |", key.name, key.variable(), key.default);
            assert!(page.contains(&row), "docs/store.md has no row {row}");
        }
    }

    #[test]
    fn a_file_is_read_whole_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("onrecord.toml");
        let tried = |text: &str| {
            std::fs::write(&path, text).unwrap();
            read(&path).map_err(|error| error.to_string().replace(&path.display().to_string(), "FILE"))
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            tried("threads = 2\nstore = \"a.db\"\n[limits]\npage = 5\n").map(|mut values| {
                values.sort();
                values
            }),
            Ok(vec![pair("limits.page", "5"), pair("store", "a.db"), pair("threads", "2")])
        );
        assert_eq!(
            tried("sotre = \"a.db\""),
            Err("FILE: there is no setting \"sotre\"; did you mean store?".to_owned())
        );
        assert!(tried("threads = 2\nstore = \n").unwrap_err().starts_with("FILE, line 2: "));
        assert!(matches!(read(&folder.path().join("none")), Err(SettingsError::Unread { .. })));
    }
}
