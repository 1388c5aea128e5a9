//! What is sent as data, not as a page: lines of JSON, ninjs, NewsML-G2. Their text is the article's as it stands, their fields are given.

pub(crate) mod lines;
pub(crate) mod newsml;
pub(crate) mod ninjs;
