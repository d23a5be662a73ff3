//! Channels that were recognized apart, as the service tells them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::item::Item;
use crate::document::{Cue, Document};
use crate::transcript::Segment;

#[derive(Serialize)]
pub(super) struct ChannelLabels {
    channels: Vec<Channel>,
    number_of_channels: usize,
    /// Not of the service, whose channels have no names. Its consumers skip it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<ChannelName>,
}

#[derive(Serialize)]
struct Channel {
    channel_label: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct ChannelName {
    channel_label: String,
    name: String,
}

/// The channels of a document by the names of those who speak on them; none where channels were mixed.
pub(super) struct Channels<'a>(BTreeMap<&'a str, usize>);

impl<'a> Channels<'a> {
    /// Those of a document, as long as each name is of one channel and each channel of one name, also in its `cues`: people
    /// rename speakers.
    pub fn of(document: &'a Document, cues: &[Cue]) -> Self {
        let named = |segment: &'a Segment| Some((segment.speaker.as_deref()?, segment.channel?));
        let pairs: BTreeSet<(&str, usize)> = document.segments.iter().filter_map(named).collect();
        let channels: BTreeMap<&str, usize> = pairs.iter().copied().collect();
        let numbers: BTreeSet<usize> = channels.values().copied().collect();
        let is_known = |name: &str| channels.contains_key(name);
        let are_clear = pairs.len() == channels.len()
            && numbers.len() == channels.len()
            && cues.iter().filter_map(|cue| cue.speaker.as_deref()).all(is_known);
        if are_clear { Self(channels) } else { Self(BTreeMap::new()) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The label of the channel that a cue is heard on.
    pub fn label(&self, cue: &Cue) -> Option<String> {
        Some(label(*self.0.get(cue.speaker.as_deref()?)?))
    }

    /// The items of each channel, which they name.
    pub fn labels(&self, items: &[Item]) -> ChannelLabels {
        let count = self.0.values().max().map_or(0, |last| last + 1);
        let of = |channel: usize| Channel {
            channel_label: label(channel),
            items: items
                .iter()
                .filter(|item| item.channel_label.as_ref() == Some(&label(channel)))
                .cloned()
                .collect(),
        };
        let named = |(name, channel): (&&str, &usize)| ChannelName {
            channel_label: label(*channel),
            name: (*name).to_owned(),
        };
        let names = self.0.iter().map(named).collect();
        ChannelLabels { channels: (0..count).map(of).collect(), number_of_channels: count, names }
    }
}

fn label(channel: usize) -> String {
    format!("ch_{channel}")
}
