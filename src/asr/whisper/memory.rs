//! Controls how whisper.cpp's working memory is freed.

/// Makes the C library return large blocks to the system when they are freed. By default, glibc raises its limit to the
/// sizes that it sees freed and keeps blocks of up to 32 MiB in the heap of each thread: 40 MB with two recognizers.
/// Code that frees blocks of this size computes for seconds in between, so requesting them again costs nothing.
pub(super) fn return_big_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const BIG_BYTES: i32 = 1 << 20;
        #[expect(unsafe_code, reason = "no crate wraps mallopt")]
        // SAFETY: mallopt may be called at any time and from any thread; a value that it rejects changes nothing.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, BIG_BYTES)
        };
    }
}
