//! How this thread's processor rounds.

/// The rounding of IEEE 754, to nearest and with denormals, for as long as this lives. A host program or one of its
/// libraries may have set another mode, which would give other bits.
pub(crate) struct FloatMode {
    #[cfg(target_arch = "x86_64")]
    before: u32,
}

impl FloatMode {
    pub fn ieee() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            /// Every exception masked, round to nearest, no flushing to zero: what a process begins with.
            const IEEE: u32 = 0x1f80;
            let before = control();
            set_control(IEEE);
            Self { before }
        }
        #[cfg(not(target_arch = "x86_64"))]
        Self {}
    }
}

impl Drop for FloatMode {
    fn drop(&mut self) {
        #[cfg(target_arch = "x86_64")]
        set_control(self.before);
    }
}

#[cfg(target_arch = "x86_64")]
fn control() -> u32 {
    let mut value = 0;
    // SAFETY: writes the register to four bytes of the stack.
    unsafe { std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut value, options(nostack)) };
    value
}

#[cfg(target_arch = "x86_64")]
fn set_control(value: u32) {
    // SAFETY: the value is one that the processor had, or masks all exceptions: no float operation can trap.
    unsafe { std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const value, options(nostack)) };
}
