//! `lectern live`: captions while someone speaks.

mod args;
mod check;
mod finding;
mod page;
mod show;

use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

use anyhow::{anyhow, bail};
use crossbeam::channel::RecvTimeoutError;

pub use args::LiveArguments;

use self::show::Show;
use super::args::SpeakersArguments;
use super::interrupt::Interrupt;
use super::outcome::Outcome;
use super::outputs::{report, save, try_outputs};
use super::plan::{CaptionJob, CaptionPlan, formats, refuse_shared_outputs, with_speakers, write_options};
use super::recognition::{RecognitionArguments, transcribe_options};
use super::report::{Reporter, warn_of_processor};
use crate::asr::CancelToken;
#[cfg(feature = "mic")]
use crate::audio::capture::InputChoice;
use crate::console::eprint_line;
use crate::exchange::ExportError;
use crate::hide::Hiding;
#[cfg(feature = "mic")]
use crate::live::MicrophoneSource;
use crate::live::{
    FileSource, LiveEngine, LiveError, LiveFiles, LiveSession, Source, Unfinished, recognizer_threads,
    recover, unfinished,
};
use crate::recognize::{Engine, to_document};

/// The speed at which a recording is played without `--realtime`.
const FAST: f64 = 100.0;

pub fn run(arguments: &LiveArguments) -> anyhow::Result<Outcome> {
    let mut plan = plan(arguments)?;
    let interrupt = Interrupt::watch()?;
    warn_of_processor(arguments.recognition.engine, arguments.reporting.quiet);
    if let Some(path) = &arguments.recover {
        return recover_all(path, arguments, &mut plan, interrupt);
    }
    if arguments.check {
        return check::run(arguments, &plan);
    }
    let files = files(arguments)?;
    plan.jobs = vec![CaptionJob::new(&files.sound, None, &formats(&arguments.style.format)?)];
    refuse_shared_outputs(plan.jobs[0].files())?;
    try_new(&plan.jobs[0], "choose another --name or --output-dir")?;
    let engine = Engine::load(&plan.transcribe.request.engine)?;
    let engine = LiveEngine {
        stability: arguments.stability.into(),
        ..LiveEngine::new(&engine, live_threads(&arguments.recognition))
    };
    let source = open_source(arguments, &engine)?;
    let page = arguments.page.map(|address| page::open(address, &plan)).transpose()?;
    let cancel = interrupt.token();
    let session = LiveSession::start(source, engine, &files, plan.transcribe.request.clone())?;
    if let (Some(page), Some(wanted)) = (&page, arguments.page) {
        page::announce(page, wanted, arguments.reporting);
    }
    let show = Show::new(arguments.reporting, &files.sound, page);
    caption(session, &files, show, &plan, (&cancel, OnInterrupt::Stop))
}

fn plan(arguments: &LiveArguments) -> anyhow::Result<CaptionPlan> {
    formats(&arguments.style.format)?;
    let options = transcribe_options(&arguments.recognition, &arguments.style.profile)?;
    let transcribe =
        with_speakers(options, SpeakersArguments { speakers: arguments.speakers, channels: None })?;
    Ok(CaptionPlan {
        jobs: Vec::new(),
        write: write_options(arguments.style.word_times, &transcribe),
        transcribe,
        hiding: Hiding::default(),
        redact_audio: false,
        second_opinion: false,
        overwrite: false,
    })
}

pub fn live_threads(recognition: &RecognitionArguments) -> NonZeroUsize {
    recognition.threads.unwrap_or_else(recognizer_threads)
}

fn files(arguments: &LiveArguments) -> anyhow::Result<LiveFiles> {
    let files = LiveFiles::named(&arguments.output_dir, &session_name(arguments)?);
    #[cfg(feature = "mic")]
    if arguments.full_quality {
        return Ok(files.with_full_quality());
    }
    Ok(files)
}

fn session_name(arguments: &LiveArguments) -> anyhow::Result<String> {
    let Some(name) = &arguments.name else {
        return Ok(LiveFiles::name_of_now());
    };
    let is_plain = Path::new(name).file_name().is_some_and(|file| file == name.as_str());
    if !is_plain {
        bail!("\"{name}\" is not a file name; pass the folder with --output-dir");
    }
    Ok(name.clone())
}

fn open_source<R>(arguments: &LiveArguments, engine: &LiveEngine<R>) -> anyhow::Result<Box<dyn Source>> {
    if let Some(input) = &arguments.input {
        let speed = if arguments.realtime { 1.0 } else { FAST };
        return Ok(Box::new(FileSource::open(input, engine.clock.clone(), speed)?));
    }
    #[cfg(feature = "mic")]
    {
        let choice = InputChoice { device: arguments.device.clone(), channel: arguments.channel };
        Ok(Box::new(MicrophoneSource::open(choice)?))
    }
    #[cfg(not(feature = "mic"))]
    bail!("this build of Lectern does not support microphones; pass a recording with --input")
}

/// Checks that the captions can be saved without replacing files.
fn try_new(job: &CaptionJob, advice: &str) -> anyhow::Result<()> {
    try_outputs(job, false).map_err(|error| match error {
        ExportError::Exists { path } => anyhow!("{}: already exists; {advice}", path.display()),
        error => error.into(),
    })
}

/// The effect of an interrupt on a session.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnInterrupt {
    /// The recording ends and its captions are completed.
    Stop,
    /// The rest can be recognized later.
    Abandon,
}

/// Shows a session to its end and saves its captions.
fn caption(
    session: LiveSession,
    files: &LiveFiles,
    mut show: Show,
    plan: &CaptionPlan,
    (cancel, on_interrupt): (&CancelToken, OnInterrupt),
) -> anyhow::Result<Outcome> {
    let mut reporter = Reporter::new(show.arguments);
    reporter.start(&files.sound);
    let mut is_interrupted = false;
    loop {
        if cancel.is_cancelled() && !is_interrupted {
            is_interrupted = true;
            match on_interrupt {
                OnInterrupt::Stop => session.stop(),
                OnInterrupt::Abandon => session.abandon(),
            }
        }
        match session.events().recv_timeout(Duration::from_millis(100)) {
            Ok(event) => show.event(&event),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let transcript = match session.finish() {
        Err(LiveError::Interrupted) => {
            reporter.failed(&LiveError::Interrupted.into());
            return Ok(Outcome::Interrupted);
        }
        transcript => transcript?,
    };
    let job = &plan.jobs[0];
    if transcript.segments.is_empty() {
        reporter.warn("no speech was found: the captions are empty");
    }
    let document = to_document(transcript, &job.input, &plan.transcribe.request);
    let captioned = save(document, job, plan, &reporter);
    if captioned.unsaved.is_none() {
        files.complete()?;
    }
    let outcome = report(captioned, &mut reporter);
    // If a full disk has cut the recording short, the command has partly failed.
    let is_cut_short = outcome == Outcome::Done && show.is_cut_short;
    Ok(if is_cut_short { Outcome::PartlyFailed } else { outcome })
}

/// Finishes the sessions in a folder, or one of them.
fn recover_all(
    path: &Path,
    arguments: &LiveArguments,
    plan: &mut CaptionPlan,
    interrupt: Interrupt,
) -> anyhow::Result<Outcome> {
    let sessions = unfinished(path)?;
    if sessions.is_empty() {
        bail!("{}: no interrupted session here; pass the folder with its .wav and .journal", path.display());
    }
    let engine = Engine::load(&plan.transcribe.request.engine)?;
    let cancel = interrupt.token();
    for session in sessions {
        let job = CaptionJob::new(&session.files.sound, None, &formats(&arguments.style.format)?);
        try_new(&job, &format!("move it to another folder to recover {}", session.name))?;
        plan.jobs = vec![job];
        let left = session.recorded - session.recognized;
        let Unfinished { name, recorded, .. } = &session;
        eprint_line(&format!("lectern: {name}: {recorded} recorded, {left} still to recognize"));
        let running = recover(
            LiveEngine::new(&engine, live_threads(&arguments.recognition)),
            &session.files,
            plan.transcribe.request.clone(),
        )?;
        let show = Show::new(arguments.reporting, &session.files.sound, None);
        let outcome = caption(running, &session.files, show, plan, (&cancel, OnInterrupt::Abandon))?;
        if outcome != Outcome::Done {
            return Ok(outcome);
        }
    }
    Ok(Outcome::Done)
}
