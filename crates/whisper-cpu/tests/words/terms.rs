//! Terms that the search prefers, with a real model.

use std::sync::Arc;

use whisper_cpu::{Cancel, Options, Term, TermRules, Terms, Transcriber, Transcript};

use super::{best, hash, lecture, options, sound, text};

/// Terms of many subjects. Only `Galerkin` is spoken in `terms.wav`; only the last two sound like words there.
const TERMS: [&str; 24] = [
    "Galerkin",
    "Lebesgue",
    "Sobolev",
    "Rellich",
    "podocyte",
    "furosemide",
    "spironolactone",
    "tacrolimus",
    "Paxos",
    "Ousterhout",
    "Linearizability",
    "drumlin",
    "plagioclase",
    "labradorite",
    "estoppel",
    "Windscheid",
    "usufruct",
    "transmetalation",
    "oxazolidinone",
    "Chandrasekhar",
    "chiaroscuro",
    "quicksort",
    "Photosynthetica",
    "Laboratorium",
];

/// The sentence "The proof needs coercivity, and Galerkin had the idea." in 3.9 s.
fn sentence() -> Vec<f32> {
    sound("terms.wav")
}

fn terms(list: &[&str]) -> Arc<Terms> {
    let terms: Vec<Term> =
        list.iter().map(|&term| Term { written: term.to_owned(), heard: Vec::new() }).collect();
    Arc::new(Terms::new(best().vocabulary(), &terms, TermRules::default()))
}

fn with(list: &[&str]) -> Options {
    Options { terms: Some(terms(list)), ..options() }
}

fn transcribe(samples: &[f32], options: &Options) -> Transcript {
    Transcriber::new(best()).transcribe(samples, options, Cancel::never()).unwrap()
}

#[test]
fn a_listed_term_is_found_that_is_missed_without_the_list() {
    let words = |options: &Options| text(&best(), &transcribe(&sentence(), options));
    let plain = words(&options());
    assert!(!plain.contains("Galerkin"), "{plain}");
    let found = words(&with(&TERMS));
    assert!(found.contains("Galerkin had the idea"), "{found}");
}

#[test]
fn no_list_and_an_empty_one_give_the_same_bits() {
    let plain = hash(&transcribe(&lecture(), &options()));
    assert_eq!(hash(&transcribe(&lecture(), &with(&[]))), plain);
}

#[test]
fn terms_that_nobody_says_do_not_appear() {
    let plain = transcribe(&lecture(), &options());
    let found = transcribe(&lecture(), &with(&TERMS));
    assert_eq!(text(&best(), &found), text(&best(), &plain));
    let bytes: Vec<u8> = found.tokens.iter().flat_map(|token| token.bytes.clone()).collect();
    assert_eq!(terms(&TERMS).matches(&bytes), []);
}

#[test]
fn windows_beside_do_not_change_which_terms_are_found() {
    let (lecture, sentence) = (lecture(), sentence());
    let windows: [&[f32]; 5] = [&sentence, &lecture, &sentence[8_000..], &lecture[60_000..], &sentence];
    let expected = windows.map(|window| hash(&transcribe(window, &with(&TERMS))));
    for batch in [2, 8] {
        let mut found = [0; 5];
        let mut waiting = windows.iter();
        let options = Options { batch, ..with(&TERMS) };
        let done = &mut |number: usize, transcript: Transcript| found[number] = hash(&transcript);
        Transcriber::new(best())
            .transcribe_each(&options, Cancel::never(), &mut |_| waiting.next(), done)
            .unwrap();
        assert_eq!(found, expected, "{batch} side by side");
    }
}

#[test]
fn terms_in_a_text_are_whole_words_in_any_case_and_the_longest_counts() {
    let heard = vec!["et see dee".to_owned()];
    let list = [
        Term { written: "etcd".to_owned(), heard },
        Term { written: "Lax".to_owned(), heard: Vec::new() },
        Term { written: "Lax-Milgram".to_owned(), heard: Vec::new() },
        Term { written: "Poincaré".to_owned(), heard: Vec::new() },
    ];
    let terms = Terms::new(best().vocabulary(), &list, TermRules::default());
    let text = " Et see dee, relax, lax milgram and POINCARE's laxity: Laxs";
    let found: Vec<_> =
        terms.matches(text.as_bytes()).into_iter().map(|found| (&text[found.bytes], found.written)).collect();
    let expected =
        [("Et see dee", "etcd"), ("lax milgram", "Lax-Milgram"), ("POINCARE", "Poincaré"), ("Laxs", "Laxs")];
    assert_eq!(found, expected.map(|(heard, written)| (heard, written.to_owned())));
}
