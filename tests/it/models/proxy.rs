//! A proxy on the loopback that opens tunnels, and says where to.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Proxy {
    pub address: String,
    wanted: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Opens every tunnel, or refuses all with this status.
    pub fn new(refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let wanted: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&wanted);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let log = Arc::clone(&log);
                // A client that has gone is its own affair.
                thread::spawn(move || serve(stream, refusal, &log).unwrap_or_default());
            }
        });
        Self { address, wanted }
    }

    /// The hosts and ports that tunnels were wanted to.
    pub fn wanted(&self) -> Vec<String> {
        self.wanted.lock().unwrap().clone()
    }
}

fn serve(mut client: TcpStream, refusal: Option<&str>, log: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let target = line.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let target = target.to_owned();
    log.lock().unwrap().push(target.clone());
    while line.trim_end() != "" {
        line.clear();
        reader.read_line(&mut line)?;
    }
    if let Some(status) = refusal {
        return write!(client, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let mut server = TcpStream::connect(target)?;
    write!(client, "HTTP/1.1 200 OK\r\n\r\n")?;
    let mut to_server = server.try_clone()?;
    thread::spawn(move || io::copy(&mut reader, &mut to_server));
    io::copy(&mut server, &mut client)?;
    client.shutdown(Shutdown::Both)
}
