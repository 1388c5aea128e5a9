//! How addresses are asked, for the commands that ask them: flags and settings → the manners of a fetcher.

use clap::Args;
use onrecord_ingest::Limits;
use onrecord_ingest::fetch::Fetcher;

use crate::settings::{Settings, SettingsError};

/// How many hosts are asked at once; each is asked one thing at a time, with its pause.
pub const HOSTS_AT_ONCE: usize = 8;

/// The options that say how addresses are asked.
#[derive(Debug, Args)]
pub struct MannersArguments {
    /// What onrecord calls itself, with where to complain: "desk/1.0 (+https://desk.example/bot)" [default: fetch.user-agent, else onrecord and its version]
    #[arg(long, value_name = "NAME")]
    user_agent: Option<String>,
    /// The least time between two requests to a host, 0 to 3600; a site's robots.txt may ask for more [default: fetch.pause-seconds, else 1]
    #[arg(long, value_name = "SECONDS")]
    pause: Option<String>,
}

impl MannersArguments {
    /// A fetcher that behaves so.
    ///
    /// # Errors
    /// A value that the setting cannot have.
    pub fn fetcher(&self, settings: &Settings, limits: &Limits) -> Result<Fetcher, SettingsError> {
        let settings = settings.clone().with_flag("fetch.user-agent", self.user_agent.clone())?;
        let settings = settings.with_flag("fetch.pause-seconds", self.pause.clone())?;
        Ok(Fetcher::new(settings.manners(), limits))
    }
}
