//! What becomes of whisper.cpp's working memory when it is freed.

/// Makes the C library give big blocks back to the system when they are freed. Left to itself, glibc takes the sizes
/// that it sees freed as a reason to keep blocks of up to 32 MiB in the heap of each thread: 40 MB with two
/// recognizers. Whoever frees blocks of this size computes for seconds in between, so asking again costs nothing.
pub(super) fn return_big_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const BIG_BYTES: i32 = 1 << 20;
        #[expect(unsafe_code, reason = "no crate wraps mallopt")]
        // SAFETY: mallopt may be called at any time and from any thread; a value that it refuses changes nothing.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, BIG_BYTES)
        };
    }
}
