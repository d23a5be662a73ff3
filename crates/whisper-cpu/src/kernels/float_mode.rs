//! The rounding mode of this thread.

/// Sets rounding to nearest with denormals (the default of IEEE 754) until it is dropped. A host program or one of its
/// libraries may have set another mode, which would give other bits.
pub struct FloatMode {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    before: register::Control,
}

impl FloatMode {
    /// Sets the mode; it ends when the value is dropped.
    pub fn ieee() -> Self {
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        {
            let before = register::control();
            register::set_control(register::IEEE);
            Self { before }
        }
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        Self {}
    }
}

impl Drop for FloatMode {
    fn drop(&mut self) {
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        register::set_control(self.before);
    }
}

/// The register MXCSR.
#[cfg(target_arch = "x86_64")]
mod register {
    pub type Control = u32;

    /// Every exception masked, round to nearest, no flushing to zero: the state of a new process.
    pub const IEEE: Control = 0x1f80;
    #[cfg(test)]
    pub const FLUSH_TO_ZERO: Control = IEEE | 1 << 15;

    pub fn control() -> Control {
        let mut value = 0;
        // SAFETY: writes the register to four bytes of the stack.
        unsafe { std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut value, options(nostack)) };
        value
    }

    pub fn set_control(value: Control) {
        // SAFETY: the value is one that the processor had, or masks all exceptions: no float operation can trap.
        unsafe { std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const value, options(nostack)) };
    }
}

/// The register FPCR.
#[cfg(target_arch = "aarch64")]
mod register {
    pub type Control = u64;

    /// No exception enabled, round to nearest, no flushing to zero: the state of a new process.
    pub const IEEE: Control = 0;
    #[cfg(test)]
    pub const FLUSH_TO_ZERO: Control = 1 << 24;

    pub fn control() -> Control {
        let value;
        // SAFETY: reads the register.
        unsafe { std::arch::asm!("mrs {}, fpcr", out(reg) value, options(nomem, nostack)) };
        value
    }

    pub fn set_control(value: Control) {
        // SAFETY: the value is one that the processor had, or enables no exception: no float operation can trap.
        unsafe { std::arch::asm!("msr fpcr, {}", in(reg) value, options(nostack)) };
    }
}

#[cfg(all(test, any(target_arch = "x86_64", target_arch = "aarch64")))]
mod tests {
    use std::hint::black_box;

    use super::*;

    fn keeps_denormals() -> bool {
        black_box(black_box(f32::MIN_POSITIVE) * 0.5) > 0.0
    }

    #[test]
    fn denormals_are_kept_and_the_mode_of_the_host_comes_back() {
        let before = register::control();
        register::set_control(register::FLUSH_TO_ZERO);
        let outside = keeps_denormals();
        let mode = FloatMode::ieee();
        let inside = keeps_denormals();
        drop(mode);
        let after = register::control();
        register::set_control(before);
        assert!(inside && !outside);
        // The low bits of MXCSR record which exceptions occurred.
        assert_eq!(after & register::FLUSH_TO_ZERO, register::FLUSH_TO_ZERO);
    }
}
