//! What ffmpeg is told.

use std::path::Path;
use std::process::Command;

use crate::ffmpeg;
use crate::time::MediaTime;

/// Frames per second of a stream: enough to follow a lecturer and a pointer.
pub(super) const RATE: i64 = 12;
/// The largest picture; larger ones are made smaller. Unit: pixels.
pub(super) const MOST_WIDTH: usize = 640;
pub(super) const MOST_HEIGHT: usize = 360;

/// Returns the command that writes the frame that is visible at a time.
pub(super) fn still(program: &Path, recording: &Path, at: MediaTime) -> Command {
    written(program, &[], recording, at, &["-frames:v", "1"])
}

/// Returns the command that writes [`RATE`] frames a second from a time on. It uses one core, so that sound and
/// recognition go on beside it.
pub(super) fn stream(program: &Path, recording: &Path, from: MediaTime) -> Command {
    written(program, &["-threads", "1"], recording, from, &[])
}

fn written(program: &Path, options: &[&str], recording: &Path, from: MediaTime, more: &[&str]) -> Command {
    let from = from.max(MediaTime::ZERO);
    let seconds = format!("{}.{:03}", from.as_millis() / 1000, from.as_millis() % 1000);
    // Frames before the time are read too, since the one that is visible then may have begun long before: slides often
    // have one frame in a minute.
    let options = [options, &["-noaccurate_seek", "-ss", &seconds]].concat();
    let mut command = ffmpeg::command(program, &options, recording);
    // `V` leaves out the pictures on the covers of recordings of sound.
    command.args(["-map", "0:V:0", "-vf", &filter()]).args(more);
    command.args(["-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "pipe:1"]);
    command
}

/// Returns the filter that counts frames from the wanted time and makes them small, with square pixels.
fn filter() -> String {
    let factor = format!("min(1,min({MOST_WIDTH}/(iw*sar),{MOST_HEIGHT}/ih))");
    format!(
        "fps={RATE}:start_time=0,scale=w='max(2,trunc({factor}*iw*sar))':h='max(2,trunc({factor}*ih))',setsar=1"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(command: &Command) -> String {
        command.get_args().map(|text| text.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_time_comes_before_the_file_and_the_file_has_a_prefix() {
        let (program, file) = (Path::new("ffmpeg"), Path::new("-a%d:b.mp4"));
        let still = told(&still(program, file, MediaTime::from_millis(3_600_070)));
        assert!(still.contains("-noaccurate_seek -ss 3600.070 -i file:-a%d:b.mp4 -map 0:V:0 "), "{still}");
        assert!(still.contains(" -frames:v 1 ") && !still.contains("-threads"), "{still}");
        let stream = told(&stream(program, file, MediaTime::from_millis(-5)));
        assert!(stream.contains("-threads 1 -noaccurate_seek -ss 0.000 -i "), "{stream}");
        assert!(!stream.contains("-frames:v"), "{stream}");
    }
}
