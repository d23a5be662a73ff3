//! Follows a text through the tree of terms.

use super::Terms;
use super::trie::ROOT;

/// Where a hypothesis stands in the tree of spellings, and what its terms have earned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Follow {
    node: u32,
    /// Where a shorter spelling ended on the way to the node; [`ROOT`] if none did.
    passed: u32,
    inside_word: bool,
    /// The bonus of the term under way, which is lost if it is not finished.
    pub pending: f32,
    /// The bonuses of the terms that were finished.
    pub earned: f32,
    /// The finished terms. None earns a bonus twice; otherwise a loop would earn it again and again.
    said: Vec<u32>,
}

impl Follow {
    /// Whether a term is under way.
    pub fn is_under_way(&self) -> bool {
        self.node != ROOT
    }
}

/// Whether a byte belongs to a word. Bytes of characters beyond ASCII do.
pub(super) fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

impl Terms {
    /// Tokens that begin a term or carry on the one under way.
    pub(super) fn continuing(&self, follow: &Follow) -> &[u32] {
        self.trie.tokens(follow.node)
    }

    /// The state after the bytes of a token, none for the end of a text or a time. `starts` says whether a term may
    /// begin with it.
    pub(super) fn follow(&self, before: &Follow, token: &[u8], starts: bool) -> Follow {
        let mut follow = before.clone();
        for byte in token.iter().map(u8::to_ascii_lowercase) {
            self.follow_byte(&mut follow, byte, starts);
        }
        if token.is_empty() {
            self.leave(&mut follow, true);
            follow.inside_word = false;
        }
        follow.pending = self.bonus(&follow, follow.node);
        follow
    }

    fn follow_byte(&self, follow: &mut Follow, byte: u8, starts: bool) {
        let ends_word = !is_of_word(byte);
        if follow.node != ROOT {
            match self.trie.child(follow.node, byte) {
                Some(child) => {
                    if ends_word && self.trie.spelling(follow.node).is_some() {
                        follow.passed = follow.node;
                    }
                    follow.node = child;
                }
                None => self.leave(follow, ends_word),
            }
        }
        if follow.node == ROOT && starts && !follow.inside_word && !ends_word {
            follow.node = self.trie.child(ROOT, byte).unwrap_or(ROOT);
        }
        follow.inside_word = !ends_word;
    }

    /// Ends the match under way, with its bonus if it is a whole term.
    fn leave(&self, follow: &mut Follow, ends_word: bool) {
        let is_whole = ends_word && self.trie.spelling(follow.node).is_some();
        let last = if is_whole { follow.node } else { follow.passed };
        if let Some(spelling) = self.trie.spelling(last) {
            follow.earned += self.bonus(follow, last);
            follow.said.push(self.spellings[spelling as usize].term);
        }
        (follow.node, follow.passed) = (ROOT, ROOT);
    }

    /// The bonus of a match up to a node; none for a whole term that had it before, or that needs none.
    fn bonus(&self, follow: &Follow, node: u32) -> f32 {
        let needs_none = |spelling: u32| {
            let spelling = &self.spellings[spelling as usize];
            !spelling.is_rare || follow.said.contains(&spelling.term)
        };
        if self.trie.spelling(node).is_some_and(needs_none) {
            0.0
        } else {
            self.rules.per_byte * self.trie.rare_depth(node)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::TermRules;
    use super::*;
    use crate::terms::trie::Trie;

    /// A list of terms that all need a bonus.
    fn list(terms: &[&str]) -> Terms {
        let rules = TermRules { per_byte: 1.0, ..TermRules::default() };
        let mut list = Terms { rules, trie: Trie::new(), spellings: Vec::new() };
        for (number, term) in terms.iter().enumerate() {
            list.add(number as u32, term, term, (true, false));
        }
        list
    }

    /// The state after pieces of a text, with a bonus of 1 for each byte.
    fn after(terms: &Terms, pieces: &[&str]) -> Follow {
        pieces.iter().fold(Follow::default(), |before, piece| terms.follow(&before, piece.as_bytes(), true))
    }

    #[test]
    fn a_bonus_grows_with_a_term_and_stays_when_it_is_whole() {
        let terms = list(&["podocyte"]);
        assert_eq!(after(&terms, &[" The", " Pod"]).pending, 3.0);
        let whole = after(&terms, &[" The", " Pod", "oc", "yte", "."]);
        assert_eq!((whole.pending, whole.earned), (0.0, 8.0));
        assert_eq!(after(&terms, &["podocyte", ""]).earned, 8.0, "the text ends");
        assert_eq!(after(&terms, &["podocytes", " are"]).earned, 9.0, "a plural");
    }

    #[test]
    fn a_term_that_is_not_finished_gives_nothing() {
        let terms = list(&["podocyte"]);
        for pieces in [
            &[" podo", "gram"][..],
            &[" podo", " cyte"],
            &[" podo", ""],
            &[" podocytes", "is "],
            &["epodocyte."],
        ] {
            let follow = after(&terms, pieces);
            assert_eq!((follow.pending, follow.earned), (0.0, 0.0), "{pieces:?}");
        }
    }

    #[test]
    fn a_longer_term_that_fails_leaves_the_shorter_one_within_it() {
        let terms = list(&["Lax", "Lax Milgram"]);
        assert_eq!(after(&terms, &[" Lax", " Mil", "ler "]).earned, 3.0);
        assert_eq!(after(&terms, &[" Lax", " Mil", "gram", ","]).earned, 11.0);
    }

    #[test]
    fn the_second_time_gives_nothing() {
        let terms = list(&["podocyte"]);
        let loop_of_five = after(&terms, &[" podocyte"; 5]);
        assert_eq!((loop_of_five.pending, loop_of_five.earned), (0.0, 8.0));
    }

    proptest! {
        #[test]
        fn a_state_does_not_depend_on_how_a_text_is_cut(
            text in "[ab .]{0,30}", cuts in proptest::collection::vec(0usize..30, 0..8),
        ) {
            let terms = list(&["ab", "ab ba", "bba", "a.b"]);
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|&cut| 0 < cut && cut < text.len()).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            cuts.dedup();
            let pieces: Vec<&str> = cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
            let whole = if text.is_empty() { Follow::default() } else { after(&terms, &[&text]) };
            prop_assert_eq!(after(&terms, &pieces), whole);
        }

        #[test]
        fn no_text_earns_more_than_all_terms_together(text in "[ab .]{1,60}") {
            let terms = list(&["ab", "ab ba", "bba", "a.b"]);
            let follow = after(&terms, &[&text, ""]);
            prop_assert!((0.0..=(3 + 6 + 4 + 4) as f32).contains(&follow.earned), "{:?}", follow);
            prop_assert_eq!(follow.pending, 0.0);
        }
    }
}
