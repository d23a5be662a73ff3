//! Memory aligned to cache lines.

/// Bytes of a cache line, which vectors and tiles are loaded from.
pub(super) const LINE: usize = 64;

/// A buffer that starts at a cache line. New memory is zero, and costs nothing until it is written.
#[derive(Default)]
pub(super) struct Lines {
    memory: Vec<u8>,
    /// Where the first whole line is, and the bytes of all lines.
    start: usize,
    len: usize,
}

impl Lines {
    /// A buffer of at least `bytes` bytes.
    pub fn of_bytes(bytes: usize) -> Self {
        let len = bytes.next_multiple_of(LINE);
        let memory = vec![0; len + LINE - 1];
        ask_for_huge_pages(&memory);
        let start = memory.as_ptr().addr().wrapping_neg() % LINE;
        Self { memory, start, len }
    }

    /// Makes room for `bytes` bytes with unspecified values.
    pub fn reserve(&mut self, bytes: usize) {
        if self.len() < bytes {
            *self = Self::of_bytes(bytes);
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn as_ptr(&self) -> *const u8 {
        self.bytes().as_ptr()
    }

    pub fn as_mut_ptr(&mut self) -> *mut u8 {
        self.bytes_mut().as_mut_ptr()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.memory[self.start..][..self.len]
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.memory[self.start..][..self.len]
    }
}

/// Asks for large pages: weights are read front to back at every step, and with 4 KiB pages the processor waits for
/// address translations.
fn ask_for_huge_pages(memory: &[u8]) {
    #[cfg(target_os = "linux")]
    {
        const WORTH_IT: usize = 4 << 20;
        const PAGE: usize = 4096;
        if memory.len() >= WORTH_IT {
            let skipped = memory.as_ptr().addr().wrapping_neg() % PAGE;
            let start = memory.as_ptr().cast_mut().wrapping_add(skipped);
            // SAFETY: the range lies in the memory; the advice changes no content, and a refusal does no harm.
            unsafe { libc::madvise(start.cast(), memory.len() - skipped, libc::MADV_HUGEPAGE) };
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = memory;
}
