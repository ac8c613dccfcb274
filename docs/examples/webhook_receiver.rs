//! Receives webhooks with the standard library alone, and erases the data of users who request it.
//!
//! `cargo run -F sandbox,webhooks --example webhook_receiver -- --offline`
//! `cargo run -F sandbox,webhooks --example webhook_receiver -- --listen 127.0.0.1:8080 --erase 90=13058/Inventory`
//!
//! `respond` is all that a server of any framework needs: it takes the header and the body, and returns the status.
//! The service only sends to https, so put a proxy with a certificate in front of this program.

mod support;

use std::io::{self, Read, Write, stdout};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rblx_open_cloud::models::{PlaceId, UniverseId, UserId};
use rblx_open_cloud::sandbox::signed_webhook;
use rblx_open_cloud::webhooks::{
    EventType, RightToErasureRequest, SampleNotification, SeenNotifications, Webhook, WebhookEvent,
};
use rblx_open_cloud::{Client, ErrorKind, Result};
use serde_json::json;
use support::{Arguments, Failure, Outcome, Service, finish, note, parse, unknown};

const USAGE: &str = "\
usage: webhook_receiver [OPTION]...

  --listen ADDRESS             where to listen (default: 127.0.0.1:8080)
  --erase PLACE=UNIVERSE/STORE on a right-to-erasure request for this start place, delete the user's entries in this data
                               store of this universe; may be repeated
  --key TEXT                   the start of the keys of these entries, where {user} is the id (default: player_{user})
  --offline                    listen on a free port, send some notifications there, print the responses and exit;
                               data stores are those of the built-in sandbox
  --help                       print this

The secret of the webhook is read from ROBLOX_WEBHOOK_SECRET, and while it is replaced the previous one from
ROBLOX_WEBHOOK_PREVIOUS_SECRET. Without --offline the API key is read from ROBLOX_API_KEY.";

const MAX_HEAD: usize = 16 << 10;
const MAX_BODY: usize = 256 << 10;
const MAX_CONNECTIONS: usize = 64;
/// The service waits 5 seconds for a response.
const TIME_TO_READ: Duration = Duration::from_secs(4);

fn main() -> ExitCode {
    finish(USAGE, run())
}

/// Everything that is needed to respond.
struct Receiver {
    webhook: Webhook,
    seen: SeenNotifications,
    /// Held while a notification is handled.
    handling: Mutex<()>,
    client: Client,
    targets: Vec<Target>,
    key: String,
}

/// A data store that holds data of users.
struct Target {
    place: PlaceId,
    universe: UniverseId,
    store: String,
}

/// Returns the status for a notification. The service repeats what gets no 2xx status.
fn respond(receiver: &Receiver, header: &str, body: &[u8]) -> u16 {
    let event = match receiver.webhook.verify(header, body) {
        Ok(event) => event,
        Err(error) => {
            note(&error.to_string());
            return match error.kind() {
                ErrorKind::InvalidSignature => 403,
                ErrorKind::Decode => 400,
                _ => 500,
            };
        }
    };
    // One at a time: a delivery that is repeated meanwhile waits for the first one, and is handled if that fails.
    let handling = receiver.handling.lock();
    let _handling = handling.unwrap_or_else(PoisonError::into_inner);
    if !receiver.seen.insert(&event.notification_id) {
        note(&format!("{}: a duplicate", event.notification_id));
        return 200;
    }
    // Work of more than a few seconds belongs into a queue: the service does not wait for it.
    match handle(receiver, &event) {
        Ok(()) => 200,
        Err(error) => {
            note(&format!("{}: {error}", event.notification_id));
            receiver.seen.remove(&event.notification_id);
            500
        }
    }
}

fn handle(receiver: &Receiver, event: &WebhookEvent) -> Result<()> {
    match &event.event_type {
        EventType::SampleNotification => {
            let sample: SampleNotification = event.payload()?;
            note(&format!("a test by user {}", sample.user_id));
        }
        EventType::RightToErasureRequest => {
            let request: RightToErasureRequest = event.payload()?;
            for target in &receiver.targets {
                if request.game_ids.contains(&target.place) {
                    erase(receiver, target, request.user_id)?;
                }
            }
        }
        other => note(&format!("{other}: nothing to do")),
    }
    Ok(())
}

/// Deletes what begins with the user's key, in all scopes. The service keeps earlier revisions for 30 days.
fn erase(receiver: &Receiver, target: &Target, user: UserId) -> Result<()> {
    let key = receiver.key.replace("{user}", &user.to_string());
    let universe = receiver.client.universe(target.universe);
    let store = universe.data_store(&target.store).all_scopes();
    let erased = store.erase(&key).run()?;
    note(&format!(
        "{}: {} entries deleted",
        target.store, erased.deleted
    ));
    Ok(())
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let mut listen = "127.0.0.1:8080".to_owned();
    let mut targets = Vec::new();
    let mut key = "player_{user}".to_owned();
    let mut offline = false;
    while let Some(option) = arguments.next()? {
        match option.as_str() {
            "--listen" => listen = arguments.value(&option)?,
            "--erase" => targets.push(target(&arguments.value(&option)?)?),
            "--key" => key = arguments.value(&option)?,
            "--offline" => offline = true,
            other => return unknown(other),
        }
    }
    let service = Service::choose(offline)?;
    let webhook = if offline {
        "127.0.0.1:0".clone_into(&mut listen);
        Webhook::new("secret")
    } else {
        webhook_from_env()?
    };
    let listener = TcpListener::bind(&listen)?;
    let receiver = Arc::new(Receiver {
        webhook,
        seen: SeenNotifications::default(),
        handling: Mutex::default(),
        client: service.client.clone(),
        targets,
        key,
    });
    note(&format!("listening on {}", listener.local_addr()?));
    if offline {
        let address = listener.local_addr()?;
        thread::spawn(move || serve(&listener, &receiver));
        return demonstrate(&address.to_string());
    }
    serve(&listener, &receiver);
    Ok(())
}

/// `90=13058/Inventory`
fn target(text: &str) -> Outcome<Target> {
    let wrong = || Failure::Usage(format!("`--erase` cannot be {text:?}"));
    let (place, rest) = text.split_once('=').ok_or_else(wrong)?;
    let (universe, store) = rest.split_once('/').ok_or_else(wrong)?;
    Ok(Target {
        place: parse("--erase", place)?,
        universe: parse("--erase", universe)?,
        store: store.to_owned(),
    })
}

fn webhook_from_env() -> Outcome<Webhook> {
    let secret = std::env::var("ROBLOX_WEBHOOK_SECRET")
        .map_err(|_| Failure::Usage("ROBLOX_WEBHOOK_SECRET is not set".to_owned()))?;
    let webhook = Webhook::new(secret);
    Ok(match std::env::var("ROBLOX_WEBHOOK_PREVIOUS_SECRET") {
        Ok(previous) => webhook.or_secret(previous),
        Err(_) => webhook,
    })
}

fn serve(listener: &TcpListener, receiver: &Arc<Receiver>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        if open.fetch_add(1, Ordering::Relaxed) >= MAX_CONNECTIONS {
            open.fetch_sub(1, Ordering::Relaxed);
            continue; // closed: the service tries again
        }
        let (open, receiver) = (open.clone(), receiver.clone());
        thread::spawn(move || {
            let _ = converse(stream, &receiver);
            open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// Reads one request, and responds.
fn converse(mut stream: TcpStream, receiver: &Receiver) -> io::Result<()> {
    let status = match read_request(&mut stream) {
        Ok((header, body)) => respond(receiver, &header, &body),
        Err(Rejected::Status(status)) => status,
        Err(Rejected::Io(error)) => return Err(error),
    };
    let text = format!("HTTP/1.1 {status} \r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(text.as_bytes())
}

enum Rejected {
    Status(u16),
    Io(io::Error),
}

impl From<io::Error> for Rejected {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Returns the signature header and the body, both limited in size and time.
fn read_request(stream: &mut TcpStream) -> Result<(String, Vec<u8>), Rejected> {
    let deadline = Instant::now() + TIME_TO_READ;
    let mut received = Vec::new();
    let end = loop {
        let end = received.windows(4).position(|four| four == b"\r\n\r\n");
        match end {
            Some(end) => break end,
            None if received.len() > MAX_HEAD => return Err(Rejected::Status(431)),
            None => receive(stream, &mut received, deadline)?,
        }
    };
    let mut body = received.split_off(end + 4);
    let head = String::from_utf8(received).map_err(|_| Rejected::Status(400))?;
    let mut lines = head.lines();
    if !lines.next().unwrap_or_default().starts_with("POST ") {
        return Err(Rejected::Status(405));
    }
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
    let header = |name: &str| {
        let mut found = headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim())
    };
    // A body in chunks has no length; proxies that buffer requests send none.
    let length = header("content-length").ok_or(Rejected::Status(411))?;
    let length: usize = length.parse().map_err(|_| Rejected::Status(400))?;
    if length > MAX_BODY {
        return Err(Rejected::Status(413));
    }
    while body.len() < length {
        receive(stream, &mut body, deadline)?;
    }
    body.truncate(length);
    let signature = header(Webhook::HEADER).unwrap_or_default();
    Ok((signature.to_owned(), body))
}

/// Appends what arrives next.
fn receive(
    stream: &mut TcpStream,
    received: &mut Vec<u8>,
    deadline: Instant,
) -> Result<(), Rejected> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Rejected::Status(408));
    }
    stream.set_read_timeout(Some(left))?;
    let mut buffer = [0; 4096];
    match stream.read(&mut buffer)? {
        0 => Err(Rejected::Status(400)),
        count => {
            received.extend(buffer.iter().take(count));
            Ok(())
        }
    }
}

/// Sends notifications to the receiver, and prints what it responds.
fn demonstrate(address: &str) -> Outcome {
    let event = |name: &str, payload| WebhookEvent::new(name, &payload);
    let sample = event("SampleNotification", json!({"UserId": 156}))?;
    let erasure = event(
        "RightToErasureRequest",
        json!({"UserId": 5, "GameIds": [90]}),
    )?;
    let (header, body) = signed_webhook("secret", &erasure);
    let formatted = String::from_utf8_lossy(&body)
        .replace(':', ": ")
        .into_bytes();
    let new = event("SomethingNew", json!({}))?;
    let forged = signed_webhook("a guess", &erasure);
    for (name, (header, body)) in [
        ("a test", signed_webhook("secret", &sample)),
        ("an erasure", (header.clone(), body.clone())),
        ("the same again", (header.clone(), body)),
        ("the same, formatted", (header, formatted)),
        ("a new type of event", signed_webhook("secret", &new)),
        ("forged", forged),
    ] {
        let mut stream = TcpStream::connect(address)?;
        let length = body.len();
        write!(
            stream,
            "POST /roblox HTTP/1.1\r\nhost: {address}\r\nRoblox-Signature: {header}\r\ncontent-length: {length}\r\n\r\n"
        )?;
        stream.write_all(&body)?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        let status = response.split(' ').nth(1).unwrap_or_default();
        writeln!(stdout(), "{name}: {status}")?;
    }
    Ok(())
}
