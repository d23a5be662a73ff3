//! The way of decoded blocks to one 16 kHz sound: that of all channels mixed, or that of one channel.

use super::Block;
use super::mono::ToMono;

/// Converts decoded blocks, whose format may change, to 16 kHz mono.
#[derive(Default)]
pub(super) struct Lane {
    /// The channel that is converted, counted from 0; all of them mixed if `None`.
    channel: Option<usize>,
    /// `None` before the first block and after the last.
    mono: Option<ToMono>,
}

impl Lane {
    /// Mixes all channels.
    pub fn mixed() -> Self {
        Self::default()
    }

    /// Takes one channel, counted from 0; the last where there are fewer.
    pub fn of_channel(channel: usize) -> Self {
        Self { channel: Some(channel), mono: None }
    }

    /// A lane that takes the same channels from the start of a recording.
    pub fn anew(&self) -> Self {
        Self { channel: self.channel, mono: None }
    }

    /// Appends what is complete of a block to `samples`. Returns whether its format is another than that of the block
    /// before.
    pub fn push(&mut self, block: &Block, samples: &mut Vec<f32>) -> bool {
        match self.channel {
            Some(channel) => self.convert(&block.channel(channel), samples),
            None => self.convert(block, samples),
        }
    }

    fn convert(&mut self, block: &Block, samples: &mut Vec<f32>) -> bool {
        let new = || ToMono::new(block.rate, block.channels);
        let (mut mono, has_changed) = match self.mono.take() {
            Some(old) if !old.accepts(block) => {
                old.finish(samples);
                (new(), true)
            }
            mono => (mono.unwrap_or_else(new), false),
        };
        mono.push(block, samples);
        self.mono = Some(mono);
        has_changed
    }

    /// Appends what is left of the last block.
    pub fn finish(&mut self, samples: &mut Vec<f32>) {
        if let Some(mono) = self.mono.take() {
            mono.finish(samples);
        }
    }
}
