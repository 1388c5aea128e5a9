//! What a document may cost, with the figures and why they are so. Nothing is enforced here.

use std::time::Duration;

/// The most that one document may take. What is over a limit is refused with its reason, never cut in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a compressed record: 32 MiB.
    pub compressed_bytes: usize,
    /// Bytes of a document once decompressed, counted as they come out: 64 MiB.
    pub document_bytes: usize,
    /// How many times larger than its compressed form a document may be, once [`Limits::ratio_free_bytes`] have come out: 200.
    pub ratio: usize,
    /// Bytes that may come out before the ratio counts: 1 MiB.
    pub ratio_free_bytes: usize,
    /// Elements nested in each other: 512, where browsers stop too. The deepest of 981 news pages has 51.
    pub nesting: usize,
    /// Attributes of one element: 10,000. The most in 981 news pages is 64.
    pub attributes: usize,
    /// Elements of a page: 20,000, of which a tree takes some 50 MiB. The most in 981 news pages is 6,084.
    pub elements: usize,
    /// Bytes of markup and text that stay of a page when scripts, styles and what else bears no text are gone: 4 MiB.
    pub markup_bytes: usize,
    /// Characters (Unicode scalar values) of a document's text: 4 million.
    pub text_chars: usize,
    /// Redirects followed: 5.
    pub redirects: usize,
    /// Time for fetching one document, redirects and all: 20 s.
    pub fetch_time: Duration,
    /// Bytes of a list of addresses (a sitemap), uncompressed: 50 MB, as the protocol has it.
    pub sitemap_bytes: usize,
    /// Addresses in a sitemap: 50,000, as the protocol has it.
    pub sitemap_urls: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            compressed_bytes: 32 << 20,
            document_bytes: 64 << 20,
            ratio: 200,
            ratio_free_bytes: 1 << 20,
            nesting: 512,
            attributes: 10_000,
            elements: 20_000,
            markup_bytes: 4 << 20,
            text_chars: 4_000_000,
            redirects: 5,
            fetch_time: Duration::from_secs(20),
            sitemap_bytes: 50_000_000,
            sitemap_urls: 50_000,
        }
    }
}
