//! Untrained models as whisper.cpp's files: complete, of any shape, the smallest by default.

use whisper_cpu::model::Element;

/// Returns the bytes of a tensor's numbers, from its name, their type and their size in bytes.
pub type Numbers = fn(&str, Element, usize) -> Vec<u8>;

/// The properties of a model.
pub struct Synthetic {
    pub vocabulary: usize,
    pub mel_bands: usize,
    pub audio_positions: usize,
    pub text_positions: usize,
    pub heads: usize,
    /// Of the encoder and of the decoder.
    pub layers: [usize; 2],
    /// Of the matrices; convolutions are in half precision and all else in single.
    pub element: Element,
    /// Tokens of text; those that are missing are made up.
    pub tokens: Vec<Vec<u8>>,
    pub numbers: Numbers,
}

/// English, one head and layer on each side.
impl Default for Synthetic {
    fn default() -> Self {
        Self {
            vocabulary: 51_864,
            mel_bands: 80,
            audio_positions: 4,
            text_positions: 8,
            heads: 1,
            layers: [1, 1],
            element: Element::Q4_0,
            tokens: Vec::new(),
            numbers: |name, _, length| noise(name, length),
        }
    }
}

/// A token without text: single bytes first, then three bytes that are not UTF-8.
pub fn filler(token: usize) -> Vec<u8> {
    match u8::try_from(token) {
        Ok(byte) => vec![byte],
        Err(_) => vec![0xff, (token >> 8) as u8, token as u8],
    }
}

impl Synthetic {
    pub fn state(&self) -> usize {
        64 * self.heads
    }

    fn end_of_text(&self) -> usize {
        if self.vocabulary == 51_864 { 50_256 } else { 50_257 }
    }

    pub fn file(&self) -> Vec<u8> {
        self.layout().0
    }

    /// The file, and where in it each of [`tensors`](Self::tensors) begins.
    pub fn layout(&self) -> (Vec<u8>, Vec<usize>) {
        let (mut file, mut starts) = (Vec::new(), Vec::new());
        for part in self.parts() {
            file.extend(part);
            starts.push(file.len());
        }
        starts.pop();
        (file, starts)
    }

    /// The file piece by piece: what comes before the tensors, and each of them.
    pub fn parts(&self) -> impl Iterator<Item = Vec<u8>> {
        let tensors = self.tensors().into_iter();
        std::iter::once(self.head()).chain(tensors.map(|(name, shape)| self.tensor(&name, &shape)))
    }

    /// Everything before the tensors.
    fn head(&self) -> Vec<u8> {
        let (state, heads) = (self.state(), self.heads);
        let mut file = b"lmgg".to_vec();
        let [encoder, decoder] = self.layers;
        let (audio, text) = (self.audio_positions, self.text_positions);
        add_numbers(&mut file, &[self.vocabulary]);
        add_numbers(&mut file, &[audio, state, heads, encoder, text, state, heads, decoder]);
        add_numbers(&mut file, &[self.mel_bands, 0]);
        add_numbers(&mut file, &[self.mel_bands, 201]);
        file.extend(noise("filters", 4 * 201 * self.mel_bands));
        add_numbers(&mut file, &[self.end_of_text()]);
        for token in 0..self.end_of_text() {
            let bytes = self.tokens.get(token).cloned().unwrap_or_else(|| filler(token));
            add_numbers(&mut file, &[bytes.len()]);
            file.extend(bytes);
        }
        file
    }

    /// Names and shapes, rows first.
    pub fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let state = self.state();
        let mut tensors = vec![
            ("encoder.positional_embedding".to_owned(), vec![self.audio_positions, state]),
            ("encoder.conv1.weight".to_owned(), vec![state, self.mel_bands, 3]),
            ("encoder.conv1.bias".to_owned(), vec![state, 1]),
            ("encoder.conv2.weight".to_owned(), vec![state, state, 3]),
            ("encoder.conv2.bias".to_owned(), vec![state, 1]),
            ("decoder.positional_embedding".to_owned(), vec![self.text_positions, state]),
            ("decoder.token_embedding.weight".to_owned(), vec![self.vocabulary, state]),
        ];
        for norm in ["encoder.ln_post", "decoder.ln"] {
            tensors.push((format!("{norm}.weight"), vec![state]));
            tensors.push((format!("{norm}.bias"), vec![state]));
        }
        for (side, layers) in ["encoder", "decoder"].into_iter().zip(self.layers) {
            (0..layers).for_each(|layer| self.add_block(&mut tensors, side, layer));
        }
        tensors
    }

    fn add_block(&self, tensors: &mut Vec<(String, Vec<usize>)>, side: &str, layer: usize) {
        let state = self.state();
        let attentions = if side == "encoder" { &["attn"][..] } else { &["attn", "cross_attn"] };
        let mut linears =
            vec![("mlp.0".to_owned(), 4 * state, state), ("mlp.2".to_owned(), state, 4 * state)];
        let mut norms = vec!["mlp_ln".to_owned()];
        for attention in attentions {
            let names = ["query", "key", "value", "out"].map(|name| format!("{attention}.{name}"));
            linears.extend(names.map(|name| (name, state, state)));
            norms.push(format!("{attention}_ln"));
        }
        let mut add = |name: &str, shape| tensors.push((format!("{side}.blocks.{layer}.{name}"), shape));
        for (name, outputs, inputs) in linears {
            add(&format!("{name}.weight"), vec![outputs, inputs]);
            if !name.ends_with("key") {
                add(&format!("{name}.bias"), vec![outputs]);
            }
        }
        for name in norms {
            add(&format!("{name}.weight"), vec![state]);
            add(&format!("{name}.bias"), vec![state]);
        }
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Vec<u8> {
        let element = match name {
            _ if name.ends_with("positional_embedding") => Element::F32,
            _ if name.contains("conv") && shape.len() == 3 => Element::F16,
            _ if shape.len() == 2 && shape[1] > 1 => self.element,
            _ => Element::F32,
        };
        let mut bytes = Vec::new();
        add_numbers(&mut bytes, &[shape.len(), name.len(), element.ggml_code() as usize]);
        let fastest_first: Vec<usize> = shape.iter().copied().rev().collect();
        add_numbers(&mut bytes, &fastest_first);
        bytes.extend(name.bytes());
        let numbers: usize = shape.iter().product();
        bytes.extend((self.numbers)(name, element, numbers / element.block_len() * element.block_bytes()));
        bytes
    }
}

pub fn add_numbers(file: &mut Vec<u8>, numbers: &[usize]) {
    for &number in numbers {
        file.extend(u32::try_from(number).expect("small numbers").to_le_bytes());
    }
}

/// Bytes that differ from name to name, and that are finite numbers in any type.
fn noise(name: &str, length: usize) -> Vec<u8> {
    let seed = name.bytes().fold(7_usize, |seed, byte| seed * 31 % 65_521 + usize::from(byte));
    (0..length).map(|i| (((seed + i) * 2_654_435_761) >> 13) as u8 & 0x3f).collect()
}
