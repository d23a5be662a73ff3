//! Documents of StartTranscriptionJob requests: what of each is honoured, or refused by which name.

use lectern::amazon::{Subtitle, TranscriptionJob};
use lectern::transcript::Language;
use serde_json::Value;

const JOBS: &str = include_str!("../data/amazon/jobs.jsonl");

/// A job in a line.
fn told(job: &TranscriptionJob) -> String {
    let detected = if job.changes_language { "mixed" } else { "auto" };
    let language = job.language.as_ref().map_or(detected, |language| language.tag());
    let mut told =
        vec![job.name.clone(), format!("{}/{}", job.media.bucket, job.media.key), language.to_owned()];
    let among: Vec<_> = job.languages.iter().map(Language::tag).collect();
    told.extend((!among.is_empty()).then(|| format!("among:{}", among.join(","))));
    told.extend(job.output_bucket.as_ref().map(|bucket| {
        let key = job.output_key.as_ref().map_or(String::new(), |key| format!("/{key}"));
        format!("to:{bucket}{key}")
    }));
    told.extend(job.vocabulary.as_ref().map(|name| format!("vocabulary:{name}")));
    told.extend(job.speakers.map(|most| format!("speakers:{most}")));
    told.extend(job.channels.then(|| "channels".to_owned()));
    told.extend(job.alternatives.map(|most| format!("alternatives:{most}")));
    told.extend(job.filter.as_ref().map(|(name, method)| format!("filter:{name}/{method:?}")));
    told.extend(job.redaction.as_ref().map(|redaction| {
        format!("redacted:{}{}", redaction.kinds.len(), if job.with_unredacted { "+unredacted" } else { "" })
    }));
    told.extend(job.subtitles.iter().map(|subtitle: &Subtitle| subtitle.name().to_owned()));
    told.extend(job.tags.iter().map(|(key, value)| format!("{key}={value}")));
    told.join(" ")
}

#[test]
fn every_field_is_honoured_or_refused_by_name() {
    let mut documents = 0;
    for line in JOBS.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let parsed = TranscriptionJob::parse(&case["job"].to_string());
        match (case["honoured"].as_str(), case["refused"].as_str(), parsed) {
            (Some(wanted), None, Ok(job)) => assert_eq!(told(&job), wanted, "{line}"),
            (None, Some(wanted), Err(error)) => {
                assert!(error.to_string().starts_with(wanted), "{error}: {line}");
            }
            (.., parsed) => panic!("{parsed:?}: {line}"),
        }
        documents += 1;
    }
    assert!(documents >= 60, "{documents}");
}
