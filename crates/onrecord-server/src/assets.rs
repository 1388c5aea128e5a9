//! Style sheet, script and icon: part of the program, under names made of what they hold, so that a browser may keep them for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::form::Form;
use crate::problem::Problem;

/// One of the files that pages need.
struct Asset {
    stem: &'static str,
    end: &'static str,
    media: &'static str,
    body: &'static [u8],
}

const ASSETS: [Asset; 4] = [
    Asset { stem: "style", end: "css", media: "text/css; charset=utf-8", body: include_bytes!("../assets/style.css") },
    Asset {
        stem: "onrecord",
        end: "js",
        media: "text/javascript; charset=utf-8",
        body: include_bytes!("../assets/onrecord.js"),
    },
    Asset { stem: "embed", end: "css", media: "text/css; charset=utf-8", body: include_bytes!("../assets/embed.css") },
    Asset { stem: "icon", end: "svg", media: "image/svg+xml", body: include_bytes!("../assets/icon.svg") },
];

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let name = |asset: &Asset| {
        let hash: String = Sha256::digest(asset.body).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{hash}.{}", asset.stem, asset.end)
    };
    ASSETS.iter().map(name).collect()
});

/// Where the file `stem` is: `/assets/style-0a1b2c3d4e5f.css`.
pub fn address(stem: &str) -> String {
    let at = ASSETS.iter().position(|asset| asset.stem == stem).unwrap_or_default();
    format!("/assets/{}", NAMES.get(at).map(String::as_str).unwrap_or_default())
}

/// The file of a name.
pub async fn asset(Path(name): Path<String>) -> Response {
    match NAMES.iter().position(|known| *known == name).and_then(|at| ASSETS.get(at)) {
        Some(asset) => {
            let fields =
                [(header::CONTENT_TYPE, asset.media), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (fields, asset.body).into_response()
        }
        None => Problem::NotFound(format!("nothing is at /assets/{name}")).answer(Form::Page),
    }
}
