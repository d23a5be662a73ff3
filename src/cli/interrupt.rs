//! Ctrl-C and the signals that ask a process to end.

use anyhow::Context;

use super::outcome::Outcome;
use crate::asr::CancelToken;

/// A token that Ctrl-C sets. A second Ctrl-C ends the process at once: nothing is half-written even then, since
/// files get their names only when they are whole.
pub fn cancel_on_interrupt() -> anyhow::Result<CancelToken> {
    let cancel = CancelToken::default();
    let token = cancel.clone();
    ctrlc::set_handler(move || {
        if token.is_cancelled() {
            std::process::exit(Outcome::Interrupted.code().into());
        }
        token.cancel();
    })
    .context("Ctrl-C cannot be watched for; start the program anew")?;
    Ok(cancel)
}
