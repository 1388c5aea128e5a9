//! What every answer tells a browser, and whoever stands between.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A card may stand in other people's pages; it runs nothing.
const EMBEDDED: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// Puts the fields on an answer.
pub fn put(fields: &mut HeaderMap, is_embedded: bool) {
    let mut set = |name: HeaderName, value| drop(fields.insert(name, HeaderValue::from_static(value)));
    set(header::CONTENT_SECURITY_POLICY, if is_embedded { EMBEDDED } else { POLICY });
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Where somebody came from may give a source away.
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    // Texts that others published: for those who work with them, not for search engines.
    set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    let resources = if is_embedded { "cross-origin" } else { "same-origin" };
    set(HeaderName::from_static("cross-origin-resource-policy"), resources);
    if !is_embedded {
        set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    }
    if !fields.contains_key(header::CACHE_CONTROL) {
        // A correction shows at once, and nothing between keeps what a token was needed for.
        fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
}
