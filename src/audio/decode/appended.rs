//! Notices a FLAC stream that follows another one in the same file, as programs that join files without decoding them
//! write it. Its frames are counted from zero again; the demuxer takes some or all of them for damage, which it skips
//! without an error.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use symphonia::core::packet::Packet;

use crate::audio::Damage;

/// More than a demuxer reads ahead, and less than a quarter of a minute of speech. Unit: bytes.
const LEAST_SKIPPED: u64 = 128 * 1024;

/// How far a demuxer has read. Unit: bytes.
#[derive(Clone, Default)]
pub struct ReadPosition(Arc<AtomicU64>);

impl ReadPosition {
    pub fn set(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Compares what was read of a FLAC file with the size of its packets.
pub struct AppendedStream {
    position: ReadPosition,
    /// Size of all packets so far. Unit: bytes.
    packets: u64,
    /// The least that was read without being part of a packet: the header. Unit: bytes.
    header: u64,
    /// The time stamp at the end of the last packet. Unit: ticks.
    end: i64,
}

impl AppendedStream {
    pub fn new(position: ReadPosition) -> Self {
        Self { position, packets: 0, header: u64::MAX, end: 0 }
    }

    /// Counts a packet.
    ///
    /// # Errors
    /// [`Damage::AppendedStream`] if its time is before that of the last one, or if bytes were skipped before it
    /// although no time is missing. If time is missing, frames are damaged, and those that follow have the right times.
    pub fn pass(&mut self, packet: &Packet) -> Result<(), Damage> {
        let (start, duration) = (packet.pts.get(), packet.dur.get().cast_signed());
        if start < self.end {
            return Err(Damage::AppendedStream);
        }
        let time_is_missing = start > self.end + duration;
        self.packets += packet.data.len() as u64;
        self.end = start + duration;
        if time_is_missing {
            // The bytes of the missing frames are accounted for.
            self.header = u64::MAX;
        }
        self.finish()
    }

    /// Checks that nothing was skipped since the last packet.
    ///
    /// # Errors
    /// [`Damage::AppendedStream`].
    pub fn finish(&mut self) -> Result<(), Damage> {
        let others = self.position.get().saturating_sub(self.packets);
        self.header = self.header.min(others);
        if others - self.header < LEAST_SKIPPED { Ok(()) } else { Err(Damage::AppendedStream) }
    }
}

#[cfg(test)]
mod tests {
    use symphonia::core::units::{Duration, Timestamp};

    use super::*;

    const FRAME: u64 = 4096;
    const SIZE: u64 = 5000;

    /// Reads frames one after the other, with their first tick and the bytes skipped before each.
    fn read(frames: &[(i64, u64)]) -> Result<(), Damage> {
        let position = ReadPosition::default();
        let mut read = 8192;
        position.set(read);
        let mut stream = AppendedStream::new(position.clone());
        for (start, skipped) in frames {
            read += SIZE + skipped;
            position.set(read);
            let data = vec![0; SIZE as usize];
            stream.pass(&Packet::new(0, Timestamp::from(*start), Duration::from(FRAME), data))?;
        }
        position.set(read + 100);
        stream.finish()
    }

    #[test]
    fn frames_without_a_gap_are_one_stream() {
        assert_eq!(read(&[(0, 0), (4096, 0), (8192, 0)]), Ok(()));
    }

    #[test]
    fn bytes_skipped_in_no_time_are_another_stream() {
        assert_eq!(read(&[(0, 0), (4096, 0), (8192, 2_000_000)]), Err(Damage::AppendedStream));
    }

    #[test]
    fn frames_that_are_counted_anew_are_another_stream() {
        assert_eq!(read(&[(0, 0), (4096, 0), (0, 0)]), Err(Damage::AppendedStream));
    }

    #[test]
    fn bytes_skipped_with_their_time_are_damage() {
        assert_eq!(read(&[(0, 0), (4096, 0), (4_000_000, 2_000_000), (4_004_096, 0)]), Ok(()));
    }
}
