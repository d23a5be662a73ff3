//! Memory in whole cache lines.

/// A cache line, which vectors and tiles are loaded from.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Line([u8; Line::BYTES]);

impl Line {
    pub const BYTES: usize = 64;
    const ZERO: Self = Self([0; Self::BYTES]);
}

/// A buffer that begins at a cache line. New memory is zero.
#[derive(Default)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    /// A buffer of at least `bytes` bytes.
    pub fn of_bytes(bytes: usize) -> Self {
        let lines = bytes.div_ceil(Line::BYTES);
        let mut buffer = Vec::with_capacity(lines);
        ask_for_huge_pages(&buffer);
        buffer.resize(lines, Line::ZERO);
        Self(buffer)
    }

    /// Makes room for `bytes` bytes, whose values are left to chance.
    pub fn reserve(&mut self, bytes: usize) {
        if self.len() < bytes {
            *self = Self::of_bytes(bytes);
        }
    }

    pub fn len(&self) -> usize {
        self.0.len() * Line::BYTES
    }

    pub fn as_ptr(&self) -> *const u8 {
        self.0.as_ptr().cast()
    }

    pub fn as_mut_ptr(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }

    #[cfg(test)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: lines are bytes without gaps.
        unsafe { std::slice::from_raw_parts(self.as_ptr(), self.len()) }
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        let len = self.len();
        // SAFETY: lines are bytes without gaps, and every value of a byte is allowed.
        unsafe { std::slice::from_raw_parts_mut(self.as_mut_ptr(), len) }
    }
}

/// Weights are read front to back at every step: with pages of 4 KiB the processor waits for addresses.
fn ask_for_huge_pages(buffer: &Vec<Line>) {
    #[cfg(target_os = "linux")]
    {
        const WORTH_IT: usize = 4 << 20;
        const PAGE: usize = 4096;
        let bytes = buffer.capacity() * Line::BYTES;
        if bytes >= WORTH_IT {
            let skipped = buffer.as_ptr().addr().wrapping_neg() % PAGE;
            let start = buffer.as_ptr().cast_mut().cast::<u8>().wrapping_add(skipped);
            // SAFETY: the range lies in the buffer; the advice changes no content, and a refusal does no harm.
            unsafe { libc::madvise(start.cast(), bytes - skipped, libc::MADV_HUGEPAGE) };
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = buffer;
}
