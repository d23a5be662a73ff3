//! Reads the images that ffmpeg writes one after the other: `P6`, width, height, `255`, and three bytes a pixel.

use std::io::{self, BufRead, Read};

use super::arguments::{MOST_HEIGHT, MOST_WIDTH};

/// Longer headers are none. Unit: bytes.
const MOST_HEADER: u64 = 32;

/// An image of `width` times `height` pixels.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Image {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Three bytes a pixel: red, green and blue.
    pub(super) rgb: Vec<u8>,
}

/// Reads the next image; `None` at the end.
///
/// # Errors
/// `InvalidData` if it is no image of a size that was asked for, `UnexpectedEof` if it is cut off.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Image>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    if line(input)? != "P6" {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let size = line(input)?;
    let size =
        size.split_once(' ').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = match size {
        Some(size @ (1..=MOST_WIDTH, 1..=MOST_HEIGHT)) if line(input)? == "255" => size,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    let mut rgb = vec![0; width * height * 3];
    input.read_exact(&mut rgb)?;
    Ok(Some(Image { width, height, rgb }))
}

/// Reads a line of a header, without its end.
fn line(input: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    input.take(MOST_HEADER).read_until(b'\n', &mut line)?;
    line.pop_if(|end| *end == b'\n').ok_or(io::ErrorKind::InvalidData)?;
    String::from_utf8(line).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(mut bytes: &[u8]) -> Result<Vec<Image>, io::ErrorKind> {
        let mut images = Vec::new();
        while let Some(image) = read(&mut bytes).map_err(|error| error.kind())? {
            images.push(image);
        }
        Ok(images)
    }

    #[test]
    fn images_follow_each_other() {
        let found = images(b"P6\n1 2\n255\n\n\n\nabcP6\n1 1\n255\nP6\n").unwrap();
        let image = |height, rgb: &[u8]| Image { width: 1, height, rgb: rgb.to_vec() };
        assert_eq!(found, [image(2, b"\n\n\nabc"), image(1, b"P6\n")]);
        assert_eq!(images(b""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_image_is_refused_before_memory_is_taken_for_it() {
        use io::ErrorKind::{InvalidData, UnexpectedEof};
        let cases: [(&[u8], _); 8] = [
            (b"garbage", InvalidData),
            (&[b'x'; 100_000], InvalidData),
            (b"P6\n", InvalidData),
            (b"P6\n641 1\n255\n", InvalidData),
            (b"P6\n99999999999 99999999999\n255\n", InvalidData),
            (b"P6\n0 1\n255\n", InvalidData),
            (b"P6\n1 1\n65535\nabcabc", InvalidData),
            (b"P6\n1 1\n255\nab", UnexpectedEof),
        ];
        for (bytes, kind) in cases {
            assert_eq!(images(bytes), Err(kind), "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
