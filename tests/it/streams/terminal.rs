//! A terminal that can be taken away from a program.
#![expect(unsafe_code, reason = "no crate in the tree starts a program in a session of its own")]

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

/// Both ends of a pseudo terminal.
pub struct Terminal {
    ours: File,
    programs: File,
}

impl Terminal {
    pub fn open() -> Self {
        // SAFETY: plain calls; the descriptor that is returned belongs to nobody else.
        let ours = unsafe {
            let ours = libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC);
            assert!(ours >= 0, "{}", io::Error::last_os_error());
            assert_eq!((libc::grantpt(ours), libc::unlockpt(ours)), (0, 0));
            File::from(OwnedFd::from_raw_fd(ours))
        };
        let mut name = [0; 128];
        // SAFETY: the buffer is as long as is said.
        let named = unsafe { libc::ptsname_r(ours.as_raw_fd(), name.as_mut_ptr(), name.len()) };
        assert_eq!(named, 0);
        let name: Vec<u8> = name.iter().take_while(|byte| **byte != 0).map(|byte| *byte as u8).collect();
        let programs = File::options().read(true).write(true).open(String::from_utf8(name).unwrap()).unwrap();
        Self { ours, programs }
    }

    /// Starts a program whose terminal this is, with or without `nohup`.
    pub fn start(&self, mut command: Command, ignores_hang_ups: bool) -> Child {
        let end = || self.programs.try_clone().unwrap();
        command.stdin(end()).stdout(end()).stderr(end());
        let prepare = move || {
            // SAFETY: system calls only, between fork and exec.
            let failed = unsafe {
                if ignores_hang_ups {
                    libc::signal(libc::SIGHUP, libc::SIG_IGN);
                }
                libc::setsid() < 0 || libc::ioctl(0, libc::TIOCSCTTY, 0) < 0
            };
            if failed { Err(io::Error::last_os_error()) } else { Ok(()) }
        };
        // SAFETY: nothing is allocated or locked there.
        unsafe { command.pre_exec(prepare) }.spawn().unwrap()
    }

    /// Takes the terminal away when the program has said something, or has ended.
    pub fn close_after_output(self) {
        let Self { mut ours, programs } = self;
        drop(programs);
        let _ = ours.read(&mut [0; 256]);
    }
}
