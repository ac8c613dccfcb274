//! Servers that speak TLS.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

pub(crate) type TlsStream = StreamOwned<ServerConnection, TcpStream>;

/// Calls `serve` with each connection to a local port. Returns host and port.
pub(crate) fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            thread::spawn(move || serve(stream));
        }
    });
    format!("localhost:{port}")
}

/// Calls `serve` with each TLS connection. Returns the URL of the server.
pub(crate) fn serve(
    config: &Arc<ServerConfig>,
    serve: impl Fn(TlsStream) + Send + Sync + 'static,
) -> String {
    let config = Arc::clone(config);
    let address = listen(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        serve(StreamOwned::new(connection, stream));
    });
    format!("https://{address}")
}

/// Starts a TLS server in front of a server without TLS, and returns its URL.
pub(crate) fn in_front_of(config: &Arc<ServerConfig>, plain_url: &str) -> String {
    let (config, target) = (Arc::clone(config), plain_url.replace("http://", ""));
    let address = listen(move |client| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        // A handshake that fails ends the connection.
        let _ = forward(connection, client, TcpStream::connect(&target).unwrap());
    });
    format!("https://{address}")
}

fn forward(
    connection: ServerConnection,
    mut client: TcpStream,
    mut server: TcpStream,
) -> std::io::Result<()> {
    let connection = Arc::new(Mutex::new(connection));
    let responses = {
        let (connection, client) = (Arc::clone(&connection), client.try_clone()?);
        let server = server.try_clone()?;
        thread::spawn(move || send_back(&connection, client, server))
    };
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = client.read(&mut buffer)?;
        let mut received = &buffer[..count];
        let mut plain = Vec::new();
        {
            let mut connection = connection.lock().unwrap();
            while !received.is_empty() {
                connection.read_tls(&mut received)?;
                let state = connection.process_new_packets();
                let state = state.map_err(|error| {
                    let _ = connection.write_tls(&mut client);
                    let _ = client.shutdown(Shutdown::Both);
                    let _ = server.shutdown(Shutdown::Both);
                    std::io::Error::other(error)
                })?;
                let start = plain.len();
                plain.resize(start + state.plaintext_bytes_to_read(), 0);
                connection.reader().read_exact(&mut plain[start..])?;
            }
            while connection.wants_write() {
                connection.write_tls(&mut client)?;
            }
        }
        server.write_all(&plain)?;
        if count == 0 {
            server.shutdown(Shutdown::Write)?;
            return responses.join().unwrap();
        }
    }
}

fn send_back(
    connection: &Mutex<ServerConnection>,
    mut client: TcpStream,
    mut server: TcpStream,
) -> std::io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = server.read(&mut buffer).unwrap_or_default();
        let mut connection = connection.lock().unwrap();
        if count == 0 {
            connection.send_close_notify();
        }
        connection.writer().write_all(&buffer[..count])?;
        while connection.wants_write() {
            connection.write_tls(&mut client)?;
        }
        if count == 0 {
            return client.shutdown(Shutdown::Both);
        }
    }
}
