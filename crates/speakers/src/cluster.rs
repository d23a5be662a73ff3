//! Finds out which voices of all windows belong to the same person.

use std::ops::Range;

use crate::crowd::Crowd;
use crate::spans::likeness;
use crate::tree::{Group, Merge, join, merges};
use crate::window::{FRAME_SECONDS, Piece, Voice, Window};

/// Voices are joined while the mean cosine of two groups is at least this. Tuned on concatenated speech: from 0.40 to
/// 0.45, the number of speakers is always right.
pub(crate) const ALIKE: f32 = 0.45;
/// A voice must speak alone for this many seconds to count as a person.
pub(crate) const LEAST_ALONE: f32 = 1.0;
/// A voice with two pieces that are less alike than this may be two persons'. From 0.35 to 0.6, the number of speakers
/// is the same in joined speech.
const UNLIKE: f32 = 0.35;
/// A voice is weighted by the seconds in which it speaks alone, up to this many.
const MOST_WEIGHT: f32 = 5.0;
/// Groups with less weight are not persons. Windows overlap, so this is nearly two seconds of speech. From 3 to 4, the
/// number of speakers is the same in nearly all joined speech.
const LEAST_GROUP: f32 = 3.5;
/// The same where nobody speaks for longer than a few seconds, because the first and the last five do not overlap, and
/// for those who have just begun to speak.
const LEAST_BRIEF_GROUP: f32 = 2.0;
/// A group with less weight than this, and than this share of the heaviest, is a mixture of persons, not one of its own,
/// if it is so similar to a heavier one. In joined speech, those who asked questions had up to 0.41, mixtures 0.43 and
/// more.
const FIRM: f32 = 10.0;
const FIRM_SHARE: f32 = 0.1;
const MIXTURE: f32 = 0.43;
/// If a voice is this similar to its person, all its pieces belong to that person.
const SURE: f32 = 0.9;
/// A piece belongs to another person if it is at least this similar to them, and more similar than to its own by this
/// much.
const LIKE_OTHER: f32 = 0.3;
const MORE_ALIKE: f32 = 0.1;

/// How many speakers there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// As many as there are.
    #[default]
    Any,
    /// This many, if the recording has that many voices; at least one.
    Exactly(usize),
    /// As many as there are, but at most this many.
    AtMost(usize),
}

/// The person that a voice of a window belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    person: usize,
    /// All pieces, each with its person, unless the whole voice clearly belongs to one person.
    pieces: Vec<(Range<usize>, usize)>,
}

impl Said {
    /// The person in a frame: that of the nearest piece.
    pub fn person_in(&self, frame: usize) -> usize {
        let distance = |frames: &Range<usize>| {
            frames.start.saturating_sub(frame).max((frame + 1).saturating_sub(frames.end))
        };
        let nearest = self.pieces.iter().min_by_key(|(frames, _)| distance(frames));
        nearest.map_or(self.person, |(_, person)| *person)
    }
}

/// For each voice of each window, which person it is: from 0 in order of appearance. The second value is the number of
/// persons.
pub(crate) fn persons(windows: &[Window], wish: Wish) -> (Vec<Vec<Said>>, usize) {
    let centres = centres(&Crowd::of(windows).groups(), wish);
    let mut persons: Vec<Vec<Said>> = windows.iter().map(|window| said_in(window, &centres)).collect();
    let mut order = Vec::new();
    let mut number = |centre: &mut usize| {
        let place = order.iter().position(|known| known == centre);
        *centre = place.unwrap_or_else(|| {
            order.push(*centre);
            order.len() - 1
        });
    };
    for said in persons.iter_mut().flatten() {
        number(&mut said.person);
        said.pieces.iter_mut().for_each(|(_, person)| number(person));
    }
    (persons, order.len())
}

/// What makes a group of voices a person.
#[derive(Clone, Copy)]
struct Bounds {
    /// The least weight.
    least: f32,
    /// A group that is as similar to a heavier one as this must be firm.
    mixture: f32,
}

const BOUNDS: Bounds = Bounds { least: LEAST_GROUP, mixture: MIXTURE };

/// What the voice of each person in these groups sounds like, in the order in which they appear.
pub(crate) fn centres(groups: &[Group], wish: Wish) -> Vec<Vec<f32>> {
    let merges = merges(groups);
    let persons = |bounds| {
        let joined = joined(&merges, groups, wish, bounds);
        persons_among(join(groups, &merges[..joined]), bounds)
    };
    let found = persons(BOUNDS);
    match wish {
        // Those who ask for so many want every difference.
        Wish::Exactly(count) if found.len() < count => persons(Bounds { mixture: f32::INFINITY, ..BOUNDS }),
        _ => found,
    }
}

/// The same while the recording grows, when persons may just have begun to speak.
pub(crate) fn centres_so_far(groups: &[Group]) -> Vec<Vec<f32>> {
    let merges = merges(groups);
    let bounds = Bounds { least: LEAST_BRIEF_GROUP, ..BOUNDS };
    persons_among(join(groups, &merges[..joined(&merges, groups, Wish::Any, bounds)]), bounds)
}

/// What the voice of each group that is a person sounds like, in the order of the groups.
fn persons_among(groups: Vec<Group>, bounds: Bounds) -> Vec<Vec<f32>> {
    let mut groups: Vec<(usize, Group)> = groups.into_iter().enumerate().collect();
    groups.sort_by(|(_, one), (_, other)| other.weight.total_cmp(&one.weight));
    let heaviest = groups.first().map_or(0.0, |(_, group)| group.weight);
    let least = if heaviest < FIRM { LEAST_BRIEF_GROUP.min(heaviest) } else { bounds.least };
    let firm = FIRM.max(heaviest * FIRM_SHARE);
    let mut persons: Vec<(usize, Vec<f32>)> = Vec::new();
    for (place, group) in groups.into_iter().filter(|(_, group)| group.weight >= least) {
        let is_firm = group.weight >= firm;
        let centre = group.into_centre();
        if is_firm || persons.iter().all(|(_, person)| likeness(person, &centre) < bounds.mixture) {
            persons.push((place, centre));
        }
    }
    persons.sort_by_key(|(place, _)| *place);
    persons.into_iter().map(|(_, person)| person).collect()
}

/// For each voice of a window, which of `centres` it is nearest to.
pub(crate) fn said_in(window: &Window, centres: &[Vec<f32>]) -> Vec<Said> {
    let said = |voice: &Voice| {
        let person = nearest(&voice.numbers, centres);
        let is_sure = centres.get(person).is_none_or(|own| likeness(own, &voice.numbers) >= SURE);
        let of_piece = |piece: &Piece| (piece.frames.clone(), person_of_piece(piece, person, centres));
        let pieces = if is_sure { Vec::new() } else { voice.pieces.iter().map(of_piece).collect() };
        Said { person, pieces }
    };
    window.voices.iter().map(said).collect()
}

/// How many of the merges join voices of the same person.
fn joined(merges: &[Merge], groups: &[Group], wish: Wish, bounds: Bounds) -> usize {
    let alike = || merges.iter().take_while(|merge| merge.likeness >= ALIKE).count();
    match wish {
        Wish::Any => alike(),
        Wish::AtMost(count) => alike().max(merges_for(merges, groups, count.max(1), bounds)),
        Wish::Exactly(count) => merges_for(merges, groups, count.max(1), bounds),
    }
}

/// The largest number of merges that leaves this many persons. If there are never that many, the number that leaves
/// most.
fn merges_for(merges: &[Merge], groups: &[Group], count: usize, bounds: Bounds) -> usize {
    let (mut best, mut most) = (merges.len(), 0);
    for joined in (0..=merges.len()).rev() {
        let persons = persons_among(join(groups, &merges[..joined]), bounds).len();
        if persons > most {
            (best, most) = (joined, persons);
        }
        if most >= count || merges.len() - joined > 20 * count + 100 {
            break;
        }
    }
    best
}

/// Whether two pieces of a voice are so unlike that they may be two persons'.
pub(crate) fn has_unlike_pieces(voice: &Voice) -> bool {
    let pieces = telling_pieces(voice);
    let is_unlike = |one: &Piece, other: &Piece| likeness(&one.numbers, &other.numbers) < UNLIKE;
    pieces.iter().enumerate().any(|(i, one)| pieces[..i].iter().any(|other| is_unlike(one, other)))
}

/// Whether a voice has pieces of two persons. Far away, in noise, the pieces of a voice are also unlike each other, but
/// no piece is like somebody else's.
pub(crate) fn is_of_two(voice: &Voice, persons: &[Vec<f32>]) -> bool {
    let pieces = telling_pieces(voice);
    let mut known = pieces.iter().filter_map(|piece| {
        let person = nearest(&piece.numbers, persons);
        persons.get(person).filter(|own| likeness(own, &piece.numbers) >= LIKE_OTHER).map(|_| person)
    });
    known.any(|person| pieces.iter().any(|piece| person_of_piece(piece, person, persons) != person))
}

/// The pieces that are long enough to tell persons apart.
fn telling_pieces(voice: &Voice) -> Vec<&Piece> {
    let is_long = |piece: &&Piece| piece.frames.len() as f64 * FRAME_SECONDS >= f64::from(LEAST_ALONE);
    voice.pieces.iter().filter(|piece| !piece.numbers.is_empty()).filter(is_long).collect()
}

/// Returns the weight of a voice.
pub(crate) fn weight(voice: &Voice) -> f32 {
    voice.alone.clamp(0.01, MOST_WEIGHT)
}

fn nearest(vector: &[f32], centres: &[Vec<f32>]) -> usize {
    let alike = centres.iter().map(|centre| likeness(centre, vector)).enumerate();
    alike.reduce(|best, other| if other.1 > best.1 { other } else { best }).map_or(0, |(centre, _)| centre)
}

/// The person of a piece: that of its voice, unless it is much more similar to another.
fn person_of_piece(piece: &Piece, own: usize, centres: &[Vec<f32>]) -> usize {
    if piece.numbers.is_empty() {
        return own;
    }
    let other = nearest(&piece.numbers, centres);
    let alike = likeness(&centres[other], &piece.numbers);
    let moves = alike >= LIKE_OTHER && alike - likeness(&centres[own], &piece.numbers) >= MORE_ALIKE;
    if moves { other } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::{VOICE, to_length_one};

    fn voice(person: usize, alone: f32, speaker: usize) -> Voice {
        let mut numbers: Vec<f32> = (0..VOICE).map(|d| ((d * 31 + speaker * 7) % 11) as f32 / 50.0).collect();
        numbers[person] += 3.0;
        to_length_one(&mut numbers);
        Voice { speaker, alone, numbers, pieces: Vec::new() }
    }

    fn windows(voices: &[&[(usize, f32)]]) -> Vec<Window> {
        let window = |(number, voices): (usize, &&[(usize, f32)])| Window {
            number,
            speaking: Vec::new(),
            certainty: Vec::new(),
            voices: voices.iter().enumerate().map(|(i, &(person, alone))| voice(person, alone, i)).collect(),
        };
        voices.iter().enumerate().map(window).collect()
    }

    /// The person of each voice.
    fn numbers(said: &[Vec<Said>]) -> Vec<Vec<usize>> {
        said.iter().map(|window| window.iter().map(|said| said.person).collect()).collect()
    }

    #[test]
    fn a_piece_that_is_like_somebody_else_is_theirs() {
        let mut windows = windows(&[&[(9, 4.0)], &[(3, 4.0)], &[(9, 2.0), (5, 2.0)], &[(5, 4.0)]]);
        let [one, other] = [0, 1].map(|window: usize| windows[window].voices[0].numbers.clone());
        let mixed = &mut windows[2].voices[0];
        // Too short to describe a person on its own.
        mixed.alone = 0.1;
        mixed.numbers = one.iter().zip(&other).map(|(a, b)| a * 1.2 + b).collect();
        to_length_one(&mut mixed.numbers);
        let pieces = [(10..40, one), (50..80, other), (90..95, Vec::new())];
        mixed.pieces = pieces.map(|(frames, numbers)| Piece { frames, numbers }).to_vec();
        let said = &persons(&windows, Wish::Exactly(3)).0[2][0];
        let found = [0, 30, 43, 47, 60, 84, 92, 500].map(|frame| said.person_in(frame));
        assert_eq!(found, [0, 0, 0, 1, 1, 1, 0, 0], "{said:?}");
    }

    #[test]
    fn a_voice_of_two_persons_joins_nobody() {
        let mut windows = windows(&[&[(9, 4.0)], &[(3, 4.0)], &[(9, 5.0)]]);
        let [one, other] = [0, 1].map(|window: usize| windows[window].voices[0].numbers.clone());
        let between: Vec<f32> = one.iter().zip(&other).map(|(a, b)| a + b).collect();
        let mixed = &mut windows[2].voices[0];
        mixed.numbers = between;
        to_length_one(&mut mixed.numbers);
        assert_eq!(persons(&windows, Wish::Any).1, 1, "without its pieces, it joins both");
        let pieces = [(0..100, one), (100..200, other)];
        windows[2].voices[0].pieces = pieces.map(|(frames, numbers)| Piece { frames, numbers }).to_vec();
        let (said, count) = persons(&windows, Wish::Any);
        assert_eq!((count, said[2][0].person_in(50), said[2][0].person_in(150)), (2, 0, 1));
    }

    #[test]
    fn a_voice_whose_pieces_are_like_nobody_else_is_one_person() {
        let mut windows = windows(&[&[(9, 4.0)], &[(3, 4.0)], &[(5, 4.0)]]);
        // The third speaks once, from far away: the pieces are alike only in that they are like nobody.
        let far = &mut windows[2].voices[0];
        let piece = |place: usize| {
            let mut numbers = vec![0.0; VOICE];
            (numbers[5], numbers[place]) = (1.0, 1.7);
            to_length_one(&mut numbers);
            numbers
        };
        let (one, other) = (piece(60), piece(70));
        far.numbers = one.iter().zip(&other).map(|(a, b)| a + b).collect();
        to_length_one(&mut far.numbers);
        far.pieces =
            [(0..100, one), (100..200, other)].map(|(frames, numbers)| Piece { frames, numbers }).to_vec();
        assert!(has_unlike_pieces(far));
        assert_eq!(persons(&windows, Wish::Any).1, 3);
    }

    #[test]
    fn a_mixture_of_two_persons_is_no_third() {
        let mut windows = windows(&[&[(9, 5.0)], &[(3, 5.0)], &[(9, 5.0)], &[(3, 5.0)], &[(9, 5.0)]]);
        let [one, other] = [0, 1].map(|window: usize| windows[window].voices[0].numbers.clone());
        let mixed = &mut windows[4].voices[0].numbers;
        *mixed = one.iter().zip(&other).map(|(a, b)| a + b).collect();
        mixed.iter_mut().skip(50).step_by(2).for_each(|x| *x -= 0.2);
        to_length_one(mixed);
        let alike = [likeness(mixed, &one), likeness(mixed, &other)];
        assert!(alike.iter().all(|likeness| (MIXTURE..ALIKE).contains(likeness)), "{alike:?}");
        assert_eq!(persons(&windows, Wish::Any).1, 2);
    }

    #[test]
    fn persons_are_numbered_as_they_appear_and_found_again() {
        let windows = windows(&[&[(9, 4.0)], &[(3, 3.0), (9, 0.2)], &[], &[(5, 3.0), (3, 0.5)], &[(9, 8.0)]]);
        let (found, count) = persons(&windows, Wish::Any);
        assert_eq!(numbers(&found), [vec![0], vec![1, 0], vec![], vec![2, 1], vec![0]]);
        assert_eq!(count, 3);
    }

    #[test]
    fn the_number_can_be_asked_for() {
        let windows = windows(&[&[(9, 4.0)], &[(3, 4.0)], &[(5, 4.0)], &[(9, 4.0)]]);
        for (wish, count) in [(1, 1), (2, 2), (3, 3), (9, 3), (0, 1)] {
            assert_eq!(persons(&windows, Wish::Exactly(wish)).1, count, "{wish}");
            assert_eq!(persons(&windows, Wish::AtMost(wish)).1, count, "{wish}");
        }
        let alike = self::windows(&[&[(9, 4.0)], &[(9, 4.0)]]);
        assert_eq!(persons(&alike, Wish::AtMost(2)).1, 1, "nobody is made up");
    }

    #[test]
    fn a_voice_of_a_moment_is_nobody_of_its_own() {
        let windows = windows(&[&[(9, 4.0)], &[(3, 1.2)], &[(9, 4.0)]]);
        assert_eq!(numbers(&persons(&windows, Wish::Any).0), [[0], [0], [0]]);
        let short = self::windows(&[&[(3, 0.3)]]);
        assert_eq!(numbers(&persons(&short, Wish::Any).0), [[0]]);
        assert_eq!(persons(&[], Wish::Any), (vec![], 0));
    }
}
