//! By what name a server may be called: a page elsewhere whose name is pointed at this machine gets nothing.

use axum::extract::Request;
use axum::http::header;

use crate::app::Options;
use crate::problem::Problem;

/// Refuses a request to another name than those of loopback and those in the options.
///
/// # Errors
/// [`Problem::Forbidden`].
pub fn check(request: &Request, options: &Options) -> Result<(), Problem> {
    let field = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = field.or_else(|| request.uri().authority().map(|authority| authority.as_str())).unwrap_or_default();
    let name = without_port(host).to_ascii_lowercase();
    let is_known = matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]")
        || options.hosts.iter().any(|known| known.eq_ignore_ascii_case(&name));
    if is_known { Ok(()) } else { Err(Problem::Forbidden(format!("this server is not called {name:?}"))) }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn a_port_is_no_part_of_a_name() {
        assert_eq!(
            ["localhost:8090", "[::1]:8090", "[::1]", "desk.example"].map(without_port),
            ["localhost", "[::1]", "[::1]", "desk.example"]
        );
    }
}
