//! The address as a QR code for phones.

use qrcode::{Color, EcLevel};

/// The width of the white margin that readers need to find a code (ISO/IEC 18004). Unit: modules.
const MARGIN: usize = 4;

/// A QR code: a square of black and white modules, with its white margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    width: usize,
    is_black: Vec<bool>,
}

/// Makes the QR code of a text; `None` if the text is too long.
pub fn qr_code(text: &str) -> Option<QrCode> {
    // A screen has no scratches: the lowest error correction gives the largest modules.
    let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let is_black = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Some(QrCode { width, is_black })
}

impl QrCode {
    /// Returns the number of modules on a side, including the margin.
    pub fn width(&self) -> usize {
        self.width + 2 * MARGIN
    }

    /// Returns whether a module is black; modules outside the code are white.
    pub fn is_black(&self, column: usize, row: usize) -> bool {
        let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < self.width);
        inside(column).zip(inside(row)).is_some_and(|(column, row)| self.is_black[row * self.width + column])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_its_margin() {
        let code = qr_code("http://192.168.100.200:54321/abcdefgh23/").unwrap();
        let width = code.width();
        let size_of_corner = |column: usize, row: usize| {
            (0..7).all(|at| code.is_black(column + at, row) && code.is_black(column, row + at))
        };
        let far = width - MARGIN - 7;
        assert!(size_of_corner(MARGIN, MARGIN) && size_of_corner(far, MARGIN) && size_of_corner(MARGIN, far));
        assert!(!size_of_corner(far, far));
        for at in 0..width + 3 {
            assert!(!code.is_black(at, MARGIN - 1) && !code.is_black(width - MARGIN, at), "{at}");
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(qr_code(&"x".repeat(10_000)), None);
    }
}
