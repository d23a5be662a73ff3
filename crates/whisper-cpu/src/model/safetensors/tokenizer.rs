//! The vocabulary of tokenizer.json, the format of Hugging Face's tokenizers.

use std::collections::HashMap;

use serde::Deserialize;

use super::super::vocabulary::{NEVER, Special};
use super::super::{ReadError, Vocabulary};

#[derive(Deserialize)]
struct Tokenizer {
    model: Model,
    #[serde(default)]
    added_tokens: Vec<Added>,
}

/// A model of the type BPE.
#[derive(Deserialize)]
struct Model {
    vocab: HashMap<String, u64>,
    merges: Vec<Merge>,
}

/// Two pieces to merge; those earlier in the list are merged first.
#[derive(Deserialize)]
#[serde(untagged)]
enum Merge {
    /// Separated by a space, as older versions write them.
    Together(String),
    Apart(String, String),
}

#[derive(Deserialize)]
struct Added {
    id: u64,
    content: String,
}

/// Reads a vocabulary of `size` tokens, special ones included.
pub fn vocabulary(size: usize, json: &[u8]) -> Result<Vocabulary, ReadError> {
    let tokenizer: Tokenizer = super::json("tokenizer.json", json)?;
    let special = Special::of(size).ok_or(ReadError::Dimension { name: "vocabulary", value: size })?;
    check_special(special, &tokenizer.added_tokens)?;
    let tokens = text_tokens(&tokenizer.model.vocab, special)?;
    let tokens: Vec<&[u8]> = tokens.iter().map(Vec::as_slice).collect();
    Vocabulary::new(size, &tokens, |vocabulary| ranks(vocabulary, &tokenizer.model.merges))
}

/// Tokens that are special must be where a vocabulary of this size has them. Others that were added, such as
/// the times, are left alone.
fn check_special(special: Special, added: &[Added]) -> Result<(), ReadError> {
    for token in added {
        match special.named(&token.content) {
            Some(expected) if u64::from(expected) != token.id => {
                return Err(ReadError::SpecialToken {
                    token: token.content.clone(),
                    found: token.id,
                    expected,
                });
            }
            _ => {}
        }
    }
    Ok(())
}

/// The bytes of the tokens of text by their numbers.
fn text_tokens(vocab: &HashMap<String, u64>, special: Special) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut tokens = vec![None; special.end_of_text() as usize];
    for (token, &id) in vocab {
        let taken = || ReadError::TokenId { token: token.clone(), id };
        let id = usize::try_from(id).ok().filter(|&id| id < special.size()).ok_or_else(taken)?;
        match tokens.get_mut(id) {
            Some(Some(_)) => return Err(taken()),
            Some(place) => *place = Some(bytes(token)?),
            // Special tokens, which some files have here, too.
            None => {}
        }
    }
    let found = tokens.iter().flatten().count();
    if found + 1 < tokens.len() {
        return Err(ReadError::FewTokens { found, expected: tokens.len() });
    }
    Ok(tokens.into_iter().map(Option::unwrap_or_default).collect())
}

fn ranks(vocabulary: &Vocabulary, merges: &[Merge]) -> Result<Vec<u32>, ReadError> {
    let mut ranks = vec![NEVER; vocabulary.end_of_text() as usize];
    for (rank, merge) in (0..NEVER).zip(merges) {
        let merged = match merge {
            Merge::Together(pair) => pair.replacen(' ', "", 1),
            Merge::Apart(left, right) => [left.as_str(), right].concat(),
        };
        let token = vocabulary.find(&bytes(&merged)?).ok_or(ReadError::UnknownMerge(merged))?;
        let place = &mut ranks[token as usize];
        *place = rank.min(*place);
    }
    Ok(ranks)
}

/// The bytes that GPT-2's letters represent.
fn bytes(token: &str) -> Result<Vec<u8>, ReadError> {
    let bytes: Option<_> = token.chars().map(byte).collect();
    bytes.ok_or_else(|| ReadError::TokenSpelling(token.to_owned()))
}

/// The byte that a letter stands for (`bytes_to_unicode` in GPT-2's encoder.py): visible ones of Latin-1
/// stand for themselves, and the 68 other bytes have the letters from U+0100 on, in order.
fn byte(letter: char) -> Option<u8> {
    let is_visible = |byte: &u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    match u32::from(letter) {
        code @ 0..0x100 => u8::try_from(code).ok().filter(is_visible),
        code => (0..=u8::MAX).filter(|byte| !is_visible(byte)).nth(code as usize - 0x100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_one_letter() {
        let letters: Vec<char> = ('\0'..='\u{200}').filter(|&letter| byte(letter).is_some()).collect();
        let mut bytes: Vec<u8> = letters.iter().filter_map(|&letter| byte(letter)).collect();
        bytes.sort_unstable();
        assert!(bytes.iter().copied().eq(0..=u8::MAX));
        assert_eq!(
            (byte('Ġ'), byte('Ċ'), byte('Ń'), byte('a'), byte('ń')),
            (Some(b' '), Some(b'\n'), Some(0xad), Some(b'a'), None)
        );
        assert_eq!(byte('\u{10ffff}'), None);
    }
}
