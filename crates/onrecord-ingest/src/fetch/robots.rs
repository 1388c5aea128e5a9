//! robots.txt → may this program fetch that? After RFC 9309; the longest rule wins, and of two alike the one that allows.

use std::time::Duration;

/// The most of a robots.txt that is read: what the RFC asks for at least.
pub(crate) const LONGEST: usize = 500 << 10;

/// The rules of a site for us.
#[derive(Debug, Default, Clone)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// How long to wait between two requests.
    pub(crate) delay: Option<Duration>,
    /// Whether the site could not say what it allows; it may be able to later.
    pub(crate) is_unknown: bool,
}

#[derive(Debug, Clone)]
struct Rule {
    path: String,
    allows: bool,
}

impl Robots {
    /// A site that cannot say what it allows is left alone.
    pub(crate) fn unknown() -> Robots {
        let rules = vec![Rule { path: "/".to_owned(), allows: false }];
        Robots { rules, is_unknown: true, ..Robots::default() }
    }

    /// The rules for the program `name`: those of the groups that call it by its name, else those for all.
    pub(crate) fn parse(text: &str, name: &str) -> Robots {
        let (mut ours, mut all) = (Robots::default(), Robots::default());
        let (mut is_named, mut names_us, mut names_all, mut is_in_names) = (false, false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match field.trim().to_ascii_lowercase().as_str() {
                "user-agent" | "useragent" => {
                    if !is_in_names {
                        (names_us, names_all) = (false, false);
                    }
                    let product: String =
                        value.chars().take_while(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_')).collect();
                    names_us |= product.eq_ignore_ascii_case(name);
                    names_all |= value.starts_with('*');
                    is_named |= names_us;
                    is_in_names = true;
                }
                field @ ("allow" | "disallow" | "crawl-delay") => {
                    is_in_names = false;
                    for (group, is_meant) in [(&mut ours, names_us), (&mut all, names_all)] {
                        if is_meant {
                            group.add(field, value);
                        }
                    }
                }
                // A sitemap or an unknown field belongs to no group and ends none.
                _ => {}
            }
        }
        if is_named { ours } else { all }
    }

    fn add(&mut self, field: &str, value: &str) {
        if field == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
            self.delay = seconds.map(Duration::from_secs_f64).or(self.delay);
        } else if !value.is_empty() && value.len() <= 2048 && self.rules.len() < 20_000 {
            self.rules.push(Rule { path: normal(value), allows: field == "allow" });
        }
    }

    /// Whether the path and query of a URL may be fetched. The file itself always may.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let meant = self.rules.iter().filter(|rule| rule.is_of(&path));
        let strongest = meant.max_by_key(|rule| (rule.path.len(), rule.allows));
        strongest.is_none_or(|rule| rule.allows)
    }
}

impl Rule {
    /// Whether the rule speaks of a path: `*` is any characters, `$` at the end is the end. O(n).
    fn is_of(&self, path: &str) -> bool {
        let (pattern, is_to_end) =
            self.path.strip_suffix('$').map_or((self.path.as_str(), false), |pattern| (pattern, true));
        let mut parts = pattern.split('*');
        let Some(mut left) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let parts: Vec<&str> = parts.collect();
        let Some((last, between)) = parts.split_last() else { return !is_to_end || left.is_empty() };
        for part in between {
            let Some(at) = left.find(part) else { return false };
            left = left.get(at + part.len()..).unwrap_or_default();
        }
        if is_to_end { left.ends_with(last) } else { left.contains(last) }
    }
}

/// The same path in one spelling: what need not be escaped is not, what is has capitals.
fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let value = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = if value.is_some() { after.get(2..).unwrap_or_default() } else { after };
        match value {
            Some(value) if value.is_ascii_alphanumeric() || b"-._~".contains(&value) => out.push(char::from(value)),
            Some(value) => out.push_str(&format!("%{value:02X}")),
            None if byte.is_ascii() => out.push(char::from(byte)),
            None => out.push_str(&format!("%{byte:02X}")),
        }
    }
    if out.starts_with(['/', '*']) { out } else { format!("/{out}") }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Robots;

    #[track_caller]
    fn check(text: &str, allowed: &[&str], refused: &[&str]) {
        let robots = Robots::parse(text, "onrecord");
        for path in allowed {
            assert!(robots.allows(path), "{path} should be allowed by {text:?}");
        }
        for path in refused {
            assert!(!robots.allows(path), "{path} should be refused by {text:?}");
        }
    }

    #[test]
    fn the_longest_rule_wins_and_allowing_breaks_ties() {
        check("user-agent: *\ndisallow: /x/\nallow: /x/page.html", &["/x/page.html", "/"], &["/x/", "/x/other"]);
        check("user-agent: *\nallow: /folder\ndisallow: /folder", &["/folder/page"], &[]);
        check("user-agent: *\nallow: /page\ndisallow: /*.htm", &[], &["/page.htm"]);
        check("user-agent: *\nallow: /$\ndisallow: /", &["/"], &["/page.htm"]);
        check("user-agent: *\ndisallow:", &["/x"], &[]);
        check("user-agent: *\ndisallow: /", &["/robots.txt"], &["/", "/x"]);
    }

    #[test]
    fn the_group_with_our_name_is_ours_alone() {
        check("user-agent: *\ndisallow: /\nuser-agent: OnRecord/2.0\ndisallow: /private", &["/a"], &["/private/a"]);
        check(
            "user-agent: other\nuser-agent: onrecord\ndisallow: /a\n\nuser-agent: onrecord\ndisallow: /b",
            &["/c"],
            &["/a", "/b"],
        );
        check("user-agent: onrecordbot\ndisallow: /", &["/a"], &[]);
        check("disallow: /a\nuser-agent: *\nsitemap: https://x.example/s\ndisallow: /b", &["/a"], &["/b"]);
    }

    #[test]
    fn wildcards_and_escapes() {
        check(
            "user-agent: *\ndisallow: /fish*.php$\ndisallow: /*?session=",
            &["/fish.php?x", "/fish.phpx", "/a"],
            &["/fish.php", "/fishheads/cat.php", "/a?b=1&x?session=2"],
        );
        check("user-agent: *\ndisallow: /foo/bar/\u{30c4}", &[], &["/foo/bar/%E3%83%84"]);
        check("user-agent: *\ndisallow: /foo/%62%61%7A", &["/foo/"], &["/foo/baz"]);
        check("user-agent: *\ndisallow: /a%3cd.html", &[], &["/a%3Cd.html"]);
        check(
            "user-agent: *\ndisallow: /**a**a**a**a**b",
            &["/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
            &["/aaaab"],
        );
    }

    #[test]
    fn odd_lines_do_no_harm() {
        check("\u{feff}User-Agent : *  # all\rDisallow : /a # why\n<html>\nfoo: bar\nallow", &["/b"], &["/a"]);
        assert_eq!(
            Robots::parse("user-agent: *\ncrawl-delay: 2.5", "onrecord").delay,
            Some(Duration::from_millis(2500))
        );
        assert_eq!(Robots::parse("user-agent: *\ncrawl-delay: inf", "onrecord").delay, None);
    }
}
