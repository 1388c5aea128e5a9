//! Two readings of a page → which blocks of the one the other confirms.
//!
//! A block is confirmed if at least half of its runs of four words stand in the other reading. Readings that err err differently, so what both keep is the
//! article far more often than what either keeps: measured in docs/measurements.md.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use crate::page::blocks::Block;

/// Words in a run.
const RUN: usize = 4;

/// The runs of words of a reading, as numbers that stand for them.
#[derive(Debug, Default)]
pub struct Reading {
    runs: HashSet<u64>,
    /// Its keys are fixed: the same page gives the same text.
    hasher: BuildHasherDefault<DefaultHasher>,
}

impl Reading {
    /// The runs of `blocks`; they do not cross from block to block.
    pub fn of(blocks: &[Block]) -> Reading {
        let mut reading = Reading::default();
        for block in blocks {
            let words = reading.words_of(&block.text);
            reading.runs.extend(runs(&words));
        }
        reading
    }

    /// Whether it holds at least half of the block's runs. A block shorter than a run is confirmed if it is a block there too.
    pub fn confirms(&self, block: &Block) -> bool {
        let words = self.words_of(&block.text);
        if words.is_empty() {
            return true;
        }
        let all = words.len().saturating_sub(RUN) + 1;
        runs(&words).filter(|run| self.runs.contains(run)).count() * 2 >= all
    }

    fn words_of(&self, text: &str) -> Vec<u64> {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        words.map(|word| self.hasher.hash_one(word)).collect()
    }
}

/// The runs of a block; one that is shorter than a run is one as a whole.
fn runs(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    let short = (words.len() < RUN && !words.is_empty()).then(|| whole(words));
    words.windows(RUN).map(whole).chain(short)
}

fn whole(words: &[u64]) -> u64 {
    words.iter().fold(words.len() as u64, |sum, word| sum.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word)
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::page::blocks::blocks;

    #[test]
    fn half_of_the_runs_confirm_a_block() {
        let other = Reading::of(&blocks("<p>The dam above the town held through the night.</p><p>Share</p>"));
        let confirmed = |markup: &str| other.confirms(blocks(markup).first().unwrap());
        assert!(confirmed("The dam above the town held through the night, she said."));
        assert!(!confirmed("Read more: the dam above our village was built by hand"));
        assert!(confirmed("Share"));
        assert!(!confirmed("The dam"));
    }
}
