//! Parses the timing line of a block, in all the ways that programs and people write it.

use crate::format::clock::Stamp;
use crate::time::MediaTime;

/// The contents of a timing line.
#[derive(Debug, PartialEq)]
pub(crate) struct Timing<'a> {
    pub start: MediaTime,
    /// `None` if it is missing or not a time.
    pub end: Option<MediaTime>,
    /// The text after the times.
    pub rest: &'a str,
    /// The ways in which the line breaks the format's rules.
    pub faults: Vec<&'static str>,
}

/// Texts for faults of timing lines.
mod fault {
    pub const ARROW: &str = "the arrow between the times was not \u{201c} --> \u{201d}";
    pub const SRT_SHAPE: &str = "a time was not in the form HH:MM:SS,mmm";
    pub const SBV_SHAPE: &str = "a time was not in the form H:MM:SS.mmm";
    pub const OVERFLOWS: &str = "a time had minutes or seconds above 59";
    pub const NEGATIVE: &str = "a time before zero became zero";
    pub const NO_MILLIS: &str = "a time had no milliseconds";
    pub const NO_COMMA: &str = "a time had another sign than a comma before its milliseconds";
    pub const NOT_THREE: &str = "a time had another number of digits than three for its milliseconds";
}

const ARROWS: [&str; 6] = ["-->", "--&gt;", "—>", "–>", "->", "→"];

/// Parses a timing line of SRT, `00:00:01,000 --> 00:00:02,000`; `None` if the line does not begin with a time and an
/// arrow. A line such as `10:30 -> lunch` is text: a line this irregular must at least have hours or fractions of a
/// second.
pub(crate) fn srt(line: &str) -> Option<Timing<'_>> {
    let start = Stamp::parse(line.trim_start())?;
    let spaced = start.rest.trim_start();
    let arrow = ARROWS.iter().find(|arrow| spaced.starts_with(**arrow))?;
    let after = spaced[arrow.len()..].trim_start();
    let end = Stamp::parse(after);
    let is_loose = start.widths[0] == 0 && start.fraction.is_none();
    if is_loose && (end.is_none() || *arrow != "-->") {
        return None;
    }
    let mut faults: Vec<_> =
        [Some(&start), end.as_ref()].into_iter().flatten().flat_map(srt_faults).collect();
    if *arrow != "-->" || start.rest.len() == spaced.len() || after.len() + arrow.len() == spaced.len() {
        faults.push(fault::ARROW);
    }
    Some(timing(start, end, after, faults))
}

/// Parses a timing line of SBV, `0:00:01.000,0:00:02.000`.
pub(crate) fn sbv(line: &str) -> Option<Timing<'_>> {
    let start = Stamp::parse(line.trim())?;
    let after = start.rest.trim_start().strip_prefix(',')?.trim_start();
    let end = Stamp::parse(after)?;
    let has_shape = |stamp: &Stamp| {
        matches!(stamp.widths, [1..=9, 2, 2])
            && stamp.fraction == Some(('.', 3))
            && !stamp.overflows
            && !stamp.negative
    };
    let faults = if has_shape(&start) && has_shape(&end) { vec![] } else { vec![fault::SBV_SHAPE] };
    Some(timing(start, Some(end), after, faults))
}

fn timing<'a>(
    start: Stamp<'a>,
    end: Option<Stamp<'a>>,
    after: &'a str,
    mut faults: Vec<&'static str>,
) -> Timing<'a> {
    faults.sort_unstable();
    faults.dedup();
    let rest = end.as_ref().map_or(after, |end| end.rest).trim();
    Timing { start: start.time, end: end.map(|end| end.time), rest, faults }
}

fn srt_faults(stamp: &Stamp) -> Vec<&'static str> {
    let (sign, count) = stamp.fraction.unwrap_or((',', 3));
    let faults = [
        (stamp.widths != [2, 2, 2], fault::SRT_SHAPE),
        (stamp.overflows, fault::OVERFLOWS),
        (stamp.negative, fault::NEGATIVE),
        (stamp.fraction.is_none(), fault::NO_MILLIS),
        (sign != ',', fault::NO_COMMA),
        (count != 3, fault::NOT_THREE),
    ];
    faults.into_iter().filter_map(|(applies, fault)| applies.then_some(fault)).collect()
}

/// Returns whether the line could be the beginning of a truncated timing line.
pub(crate) fn is_fragment(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.contains(':')
        && line.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '.' | ' ' | '-' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(line: &str) -> Option<(i64, Option<i64>)> {
        srt(line).map(|timing| (timing.start.as_millis(), timing.end.map(MediaTime::as_millis)))
    }

    #[test]
    fn strict_lines_have_no_faults() {
        let timing = srt("01:02:03,004 --> 99:59:59,999").unwrap();
        assert_eq!((timing.faults, timing.rest), (vec![], ""));
        let timing = sbv("0:00:01.000,100:00:02.000").unwrap();
        assert_eq!((timing.faults, timing.rest), (vec![], ""));
    }

    #[test]
    fn lenient_lines_are_understood() {
        let cases = [
            ("00:00:01,500-->00:00:02,000", 1500, Some(2000)),
            ("0:00:01.5 -> 00:02", 1500, Some(2000)),
            ("00:00:01,500 → 00:00:02,000 ", 1500, Some(2000)),
            ("\t1:1,5 --> 0:2:0", 61_500, Some(120_000)),
            ("100:00:00,1234567 --> 0:0:1,0 X1:5", 360_000_123, Some(1000)),
            ("-00:00:01,000 --> 00:00:02,500", 0, Some(2500)),
            ("99999999999999999999:00:00,0 --> ", i64::MAX, None),
        ];
        for (line, start, end) in cases {
            assert_eq!(times(line), Some((start, end)), "{line}");
            assert_ne!(srt(line).unwrap().faults, [""; 0], "{line}");
        }
        assert_eq!(
            sbv(" 00:00:01.5 , 0:00:02 ").map(|t| (t.end, t.faults.len())),
            Some((Some(MediaTime::from_millis(2000)), 1))
        );
    }

    #[test]
    fn text_with_arrows_is_no_timing() {
        for line in [
            "A --> B",
            "3 --> 4",
            "10:30 is when it ends",
            "--> 00:00:01,000",
            "10:30 -> 11:00",
            "10:30 --> lunch",
        ] {
            assert_eq!(times(line), None, "{line}");
        }
        assert_eq!(sbv("10:30, or later"), None);
    }
}
