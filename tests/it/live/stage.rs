//! What the tests of live sessions play with: sound in which every word can be told apart, a source that can be
//! unplugged, and a recognizer that reads the words from the sound.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use lectern::asr::{CancelToken, RecognizeError, Recognizer, Request};
use lectern::audio::{FrameFormat, Level, Meter, read_all};
use lectern::caption::{DEFAULT_PROFILE, Profile};
use lectern::live::{
    LiveEngine, LiveEvent, LiveFiles, LiveSession, ManualClock, SessionClock, Source, SourceError,
    SourceRead, Stability,
};
use lectern::recognize::{CaptionRequest, EngineRequest};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Transcript, Word};
use lectern::vad::{FRAME_SAMPLES, VoiceActivityDetector};
use tempfile::TempDir;

const RATE: usize = 16_000;
/// A word sounds for so long, and so much silence follows it. Unit: samples.
const WORD: usize = 4800;
const BETWEEN_WORDS: usize = 3200;
const LEVEL: f32 = 0.5;

/// Sentences of so many words each, with pauses of a second between them. Word number n is a square wave whose
/// half period tells n.
pub fn lecture(sentences: &[usize]) -> Vec<f32> {
    let mut samples = vec![0.0; RATE];
    let mut number = 0;
    for words in sentences {
        for _ in 0..*words {
            let half = half_period(number);
            let wave = |n: usize| if (n / half).is_multiple_of(2) { LEVEL } else { -LEVEL };
            samples.extend((0..WORD).map(wave));
            samples.extend(vec![0.0; BETWEEN_WORDS]);
            number += 1;
        }
        samples.extend(vec![0.0; RATE]);
    }
    samples
}

/// Words that are told apart; after so many they begin again.
const VOCABULARY: usize = 40;

fn half_period(number: usize) -> usize {
    4 + number % VOCABULARY
}

pub fn text_of(number: usize) -> String {
    format!("word{}", number % VOCABULARY)
}

/// The texts of the first `count` words.
pub fn texts(count: usize) -> Vec<String> {
    (0..count).map(text_of).collect()
}

/// Takes loud frames for speech, and counts what it heard.
pub struct Loudness {
    pub heard: Arc<AtomicUsize>,
}

impl VoiceActivityDetector for Loudness {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        self.heard.fetch_add(FRAME_SAMPLES, Ordering::SeqCst);
        let energy: f32 = frame.iter().map(|sample| sample * sample).sum();
        f32::from(energy / FRAME_SAMPLES as f32 > 1e-3)
    }
}

/// Reads the words of a lecture from its sound.
pub struct Reader {
    pub clock: Arc<ManualClock>,
    /// Seconds that a second of sound takes.
    pub slowness: f64,
}

impl Recognizer for Reader {
    fn detect_language(
        &mut self,
        _: &[f32],
        _: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        Ok(vec![(Language::new("de"), 0.9)])
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        _: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        if self.slowness > 0.0 {
            let seconds = samples.len() as f64 / RATE as f64 * self.slowness;
            self.clock.sleep(Duration::from_secs_f64(seconds));
        }
        if cancel.is_cancelled() {
            return Err(RecognizeError::Cancelled);
        }
        Ok(Segment { words: words_in(samples), ..Segment::default() })
    }
}

/// A reader before whose recognizing something happens.
pub struct Before<F>(pub Reader, pub F);

impl<F: FnMut(&[f32], &Request)> Recognizer for Before<F> {
    fn detect_language(
        &mut self,
        samples: &[f32],
        cancel: &CancelToken,
    ) -> Result<Vec<(Language, f32)>, RecognizeError> {
        self.0.detect_language(samples, cancel)
    }

    fn recognize(
        &mut self,
        samples: &[f32],
        request: &Request,
        cancel: &CancelToken,
    ) -> Result<Segment, RecognizeError> {
        (self.1)(samples, request);
        self.0.recognize(samples, request, cancel)
    }
}

/// The words in a stretch of sound, each as long as its loud samples.
fn words_in(samples: &[f32]) -> Vec<Word> {
    let is_loud = |n: usize| samples[n].abs() > LEVEL / 2.0;
    let mut words = Vec::new();
    let mut start = 0;
    while start < samples.len() {
        if !is_loud(start) {
            start += 1;
            continue;
        }
        let end = (start..samples.len()).find(|n| !is_loud(*n)).unwrap_or(samples.len());
        // The first half period may be cut off; the longest is whole.
        let half = samples[start..end].chunk_by(|a, b| (*a > 0.0) == (*b > 0.0)).map(<[f32]>::len).max();
        if let Some(number) = half.and_then(|half| half.checked_sub(4)).filter(|_| end - start > 200) {
            let time = |sample: usize| sample as i64 * 1000 / RATE as i64;
            words.push(Word {
                probability: 0.9,
                ..Word::new(text_of(number), TimeSpan::from_millis(time(start), time(end)))
            });
        }
        start = end;
    }
    words
}

/// How far the recording and the listener had come when the level was asked for. Unit: samples.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub given: usize,
    /// Before the sound was read, and now: what is told of in between lies in between.
    pub heard: (usize, usize),
}

/// Plays sound by a clock, and can be unplugged.
pub struct Player {
    pub sound: Vec<f32>,
    pub clock: Arc<ManualClock>,
    pub is_plugged: Arc<AtomicBool>,
    pub given: usize,
    /// How much of that the last read gave.
    pub last: usize,
    pub meter: Meter,
    pub heard: Arc<AtomicUsize>,
    pub heard_before: usize,
    pub looks: Arc<Mutex<Vec<Look>>>,
}

impl Player {
    fn due(&self) -> usize {
        (self.clock.now().as_micros() as usize * RATE / 1_000_000).min(self.sound.len())
    }
}

impl Source for Player {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<SourceRead, SourceError> {
        self.last = 0;
        self.heard_before = self.heard.load(Ordering::SeqCst);
        if !self.is_plugged.load(Ordering::SeqCst) {
            return Err(SourceError::Gone { name: "the player".to_owned() });
        }
        let due = self.due().max(self.given);
        self.meter.measure(self.sound[self.given..due].iter().copied());
        samples.extend_from_slice(&self.sound[self.given..due]);
        (self.given, self.last) = (due, due - self.given);
        Ok(if due == self.sound.len() { SourceRead::End } else { SourceRead::Sound { dropped: 0 } })
    }

    /// A second channel holds the same upside down.
    fn original(&mut self, frames: &mut Vec<f32>) -> Option<FrameFormat> {
        let given = &self.sound[self.given - self.last..self.given];
        frames.extend(given.iter().flat_map(|sample| [*sample, -sample]));
        Some(FrameFormat { rate: RATE as u32, channels: 2, bits: 16 })
    }

    fn finish(&mut self, _: &mut Vec<f32>) {}

    fn reopen(&mut self) -> Result<(), SourceError> {
        if !self.is_plugged.load(Ordering::SeqCst) {
            return Err(SourceError::Gone { name: "the player".to_owned() });
        }
        // What was played meanwhile has not been heard.
        self.given = self.due();
        Ok(())
    }

    fn level(&mut self) -> Level {
        let heard = (self.heard_before, self.heard.load(Ordering::SeqCst));
        self.looks.lock().unwrap().push(Look { given: self.given, heard });
        self.meter.take()
    }
}

/// A session on a stage of its own.
pub struct Stage {
    pub folder: TempDir,
    pub files: LiveFiles,
    pub clock: Arc<ManualClock>,
    pub is_plugged: Arc<AtomicBool>,
    pub events: Vec<LiveEvent>,
    /// How much of the recording the listener has heard. Unit: samples.
    pub heard: Arc<AtomicUsize>,
    pub looks: Arc<Mutex<Vec<Look>>>,
    /// How much time passes at once.
    pub tick: Duration,
}

impl Stage {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = LiveFiles::named(folder.path(), "lecture");
        let is_plugged = Arc::new(AtomicBool::new(true));
        let tick = Duration::from_millis(20);
        let (clock, heard, looks) = Default::default();
        Self { folder, files, clock, is_plugged, events: Vec::new(), heard, looks, tick }
    }

    pub fn player(&self, sound: Vec<f32>) -> Box<Player> {
        let (clock, is_plugged) = (Arc::clone(&self.clock), Arc::clone(&self.is_plugged));
        let (heard, looks, meter) = (self.heard.clone(), self.looks.clone(), Meter::default());
        Box::new(Player { sound, clock, is_plugged, given: 0, last: 0, meter, heard, heard_before: 0, looks })
    }

    pub fn engine<R: Recognizer + 'static>(
        &self,
        make: impl Fn() -> Result<R, RecognizeError> + Send + 'static,
    ) -> LiveEngine<R> {
        LiveEngine {
            make_recognizer: Box::new(make),
            detector: Box::new(Loudness { heard: self.heard.clone() }),
            clock: self.clock.clone(),
            free_space: plenty,
            wake: Arc::new(|| ()),
            stability: Stability::default(),
        }
    }

    /// A recognizer that takes so many seconds for a second of sound.
    pub fn reader(&self, slowness: f64) -> impl Fn() -> Result<Reader, RecognizeError> + Send + use<> {
        let clock = Arc::clone(&self.clock);
        move || Ok(Reader { clock: Arc::clone(&clock), slowness })
    }

    pub fn start(&self, sound: Vec<f32>, slowness: f64) -> LiveSession {
        let engine = self.engine(self.reader(slowness));
        LiveSession::start(self.player(sound), engine, &self.files, english()).unwrap()
    }

    /// Lets time pass and gathers the news until one of them is what is waited for.
    pub fn play_until(&mut self, session: &LiveSession, is_it: impl Fn(&LiveEvent) -> bool) {
        while !self.step(session) {
            if self.events.last().is_some_and(&is_it) {
                return;
            }
        }
        panic!("the session ended before: {:?}", self.events);
    }

    /// Lets time pass until the session has ended.
    pub fn play_to_end(&mut self, session: LiveSession) -> Transcript {
        while !self.step(&session) {}
        session.finish().unwrap()
    }

    /// Takes the next event, and lets a tick pass when there is none; true when no more will come.
    fn step(&mut self, session: &LiveSession) -> bool {
        use crossbeam::channel::RecvTimeoutError;
        match session.events().recv_timeout(Duration::from_micros(300)) {
            Ok(event) => self.events.push(event),
            Err(RecvTimeoutError::Timeout) => {
                self.clock.advance(self.tick);
                thread::yield_now();
            }
            Err(RecvTimeoutError::Disconnected) => return true,
        }
        false
    }

    /// The words that were committed, in the order of the news.
    pub fn committed(&self) -> Vec<String> {
        let words = self.events.iter().filter_map(|event| match event {
            LiveEvent::Committed { words, .. } => Some(words),
            _ => None,
        });
        words.flatten().map(|word| word.text.clone()).collect()
    }

    pub fn recording(&self) -> Vec<f32> {
        read_all(&self.files.sound).unwrap().0
    }
}

/// A request for captions of English.
pub fn english() -> CaptionRequest {
    let profile = Profile::named(DEFAULT_PROFILE).unwrap();
    let language = Some(Language::new("en"));
    CaptionRequest { language, ..CaptionRequest::new(EngineRequest::default(), profile) }
}

fn plenty(_: &Path) -> io::Result<u64> {
    Ok(u64::MAX)
}

pub fn spoken(transcript: &Transcript) -> Vec<String> {
    transcript.words().map(|word| word.text.clone()).collect()
}

/// Sound as it comes back from 16 bits.
pub fn quantized(samples: &[f32]) -> Vec<f32> {
    samples.iter().map(|sample| (sample * 32_768.0).round() / 32_768.0).collect()
}
