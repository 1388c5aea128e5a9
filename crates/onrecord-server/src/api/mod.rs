//! What the API answers, as an OpenAPI document: made of the types that are sent. Handlers know nothing of it.
//!
//! Every address stands in [`addresses`], with the type of its rows and its parameters; a test asks each and holds its answer against the document.

mod addresses;
mod correction;
mod parameters;
mod parts;

use std::sync::LazyLock;

use axum::response::Response;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Server};

use crate::answer::typed;
use parts::Api;

const ABOUT: &str = "Who said what in the articles of a store, and what is reported to have happened. Every page is also JSON and CSV at the same address with \
    `.json` or `.csv` behind its path. A list has `rows`, `next_url` (null after the last page) and `total`; nothing is cut off in silence, and what is asked \
    wrongly is refused. Offsets count characters (Unicode code points). On this machine alone no token is needed unless the server was started with \
    `--token-required`; on another address every request needs one.";

/// `/openapi.json`
pub async fn answer() -> Response {
    static WRITTEN: LazyLock<Vec<u8>> = LazyLock::new(|| document().to_pretty_json().unwrap_or_default().into_bytes());
    typed("application/json", WRITTEN.clone())
}

/// The document.
fn document() -> OpenApi {
    let mut api = Api::default();
    addresses::all(&mut api);
    let license = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    let info = InfoBuilder::new()
        .title("onrecord")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(license))
        .build();
    let Api { paths, schemas } = api;
    let components = parts::shared(ComponentsBuilder::new());
    let components =
        Api::written_out(&schemas).into_iter().fold(components, |all, (name, schema)| all.schema(name, schema));
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/")]))
        .paths(paths)
        .components(Some(components.build()))
        .security(Some(parts::security()))
        .build()
}
