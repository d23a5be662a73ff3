//! Spellings as a tree of bytes, with the tokens that stay inside it from each of its nodes.

use std::ops::Range;

use crate::model::Vocabulary;

/// The node before the first byte.
pub(super) const ROOT: u32 = 0;

/// Lower-case bytes of all spellings. A spelling may be cut into tokens in any way, so that nodes are bytes.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The tokens of all nodes, one after the other.
    tokens: Vec<u32>,
}

#[derive(Debug, Default)]
struct Node {
    children: Vec<(u8, u32)>,
    /// Bytes from the root.
    depth: u16,
    /// The spelling that ends here.
    spelling: Option<u32>,
    /// Whether a spelling that needs a bonus ends here or below.
    is_rare: bool,
    tokens: Range<u32>,
}

impl Trie {
    pub fn new() -> Self {
        Self { nodes: vec![Node::default()], tokens: Vec::new() }
    }

    /// Adds a spelling unless it is there. `is_rare` says whether it needs a bonus.
    pub fn insert(&mut self, bytes: &[u8], spelling: u32, is_rare: bool) {
        let mut node = ROOT;
        for &byte in bytes {
            node = self.child(node, byte).unwrap_or_else(|| self.add(node, byte));
            self.nodes[node as usize].is_rare |= is_rare;
        }
        self.nodes[node as usize].spelling.get_or_insert(spelling);
    }

    fn add(&mut self, parent: u32, byte: u8) -> u32 {
        let node = self.nodes.len() as u32;
        let depth = self.nodes[parent as usize].depth + 1;
        self.nodes.push(Node { depth, ..Node::default() });
        self.nodes[parent as usize].children.push((byte, node));
        node
    }

    pub fn child(&self, node: u32, byte: u8) -> Option<u32> {
        let children = &self.nodes[node as usize].children;
        children.iter().find(|child| child.0 == byte).map(|child| child.1)
    }

    pub fn spelling(&self, node: u32) -> Option<u32> {
        self.nodes[node as usize].spelling
    }

    /// Bytes from the root if a spelling here or below needs a bonus, and 0 otherwise.
    pub fn rare_depth(&self, node: u32) -> f32 {
        let node = &self.nodes[node as usize];
        if node.is_rare { f32::from(node.depth) } else { 0.0 }
    }

    /// The tokens that lead from a node to another one; from the root those with a space before, too.
    pub fn tokens(&self, node: u32) -> &[u32] {
        let Range { start, end } = self.nodes[node as usize].tokens;
        &self.tokens[start as usize..end as usize]
    }

    /// Finds the tokens of all nodes, once all spellings are in. Tokens in the order of their bytes, narrowed down byte
    /// by byte, keep this fast.
    pub fn find_tokens(&mut self, vocabulary: &Vocabulary) {
        let mut sorted: Vec<(Vec<u8>, u32)> = (0..vocabulary.end_of_text())
            .map(|token| (vocabulary.bytes_of(token).to_ascii_lowercase(), token))
            .filter(|(bytes, _)| !bytes.is_empty())
            .collect();
        sorted.sort();
        for node in 0..self.nodes.len() as u32 {
            let start = self.tokens.len() as u32;
            let mut found = Vec::new();
            self.collect(node, &sorted, 0, &mut found);
            if node == ROOT {
                let spaced = with_byte(&sorted, 0, b' ');
                let longer = spaced.partition_point(|(bytes, _)| bytes.len() == 1);
                self.collect(node, &spaced[longer..], 1, &mut found);
            }
            self.tokens.append(&mut found);
            self.nodes[node as usize].tokens = start..self.tokens.len() as u32;
        }
    }

    /// Collects the tokens whose bytes from `place` on lead down from `node`. `sorted` agree in the bytes before.
    fn collect(&self, node: u32, sorted: &[(Vec<u8>, u32)], place: usize, found: &mut Vec<u32>) {
        for &(byte, child) in &self.nodes[node as usize].children {
            let matching = with_byte(sorted, place, byte);
            let (whole, longer) =
                matching.split_at(matching.partition_point(|(bytes, _)| bytes.len() == place + 1));
            if self.nodes[child as usize].is_rare {
                found.extend(whole.iter().map(|(_, token)| token));
            }
            if !longer.is_empty() {
                self.collect(child, longer, place + 1, found);
            }
        }
    }
}

/// Those of the sorted tokens that have this byte at a place. They agree in the bytes before it and are longer.
fn with_byte(sorted: &[(Vec<u8>, u32)], place: usize, byte: u8) -> &[(Vec<u8>, u32)] {
    let start = sorted.partition_point(|(bytes, _)| bytes[place] < byte);
    let end = sorted.partition_point(|(bytes, _)| bytes[place] <= byte);
    &sorted[start..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A multilingual vocabulary of all bytes and some more tokens.
    fn vocabulary(more: &[String]) -> Vocabulary {
        let bytes: Vec<[u8; 1]> = (0..=u8::MAX).map(|byte| [byte]).collect();
        let mut tokens: Vec<&[u8]> = bytes.iter().map(|byte| &byte[..]).collect();
        tokens.extend(more.iter().map(String::as_bytes));
        tokens.resize(50_257, &[]);
        Vocabulary::ranked_by_number(51_865, &tokens).unwrap()
    }

    /// The node that bytes lead to.
    fn walk(trie: &Trie, node: u32, bytes: &[u8]) -> Option<u32> {
        bytes.iter().try_fold(node, |node, byte| trie.child(node, byte.to_ascii_lowercase()))
    }

    proptest! {
        #[test]
        fn every_token_that_stays_inside_is_found_and_no_other(
            more in proptest::collection::vec("[ aAbB]{2,4}", 1..40),
            spellings in proptest::collection::vec("[ab]{1,3}( [ab]{1,4})?", 1..8),
        ) {
            let vocabulary = vocabulary(&more);
            let mut trie = Trie::new();
            for (number, spelling) in spellings.iter().enumerate() {
                trie.insert(spelling.as_bytes(), number as u32, true);
            }
            trie.find_tokens(&vocabulary);
            for node in 0..trie.nodes.len() as u32 {
                let stays = |&token: &u32| {
                    let bytes = vocabulary.bytes_of(token);
                    let after_space = bytes.strip_prefix(b" ").filter(|rest| node == ROOT && !rest.is_empty());
                    !bytes.is_empty()
                        && (walk(&trie, node, bytes).is_some()
                            || after_space.is_some_and(|rest| walk(&trie, ROOT, rest).is_some()))
                };
                let expected: Vec<u32> = (0..256 + more.len() as u32).filter(stays).collect();
                let mut found = trie.tokens(node).to_vec();
                found.sort_unstable();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
