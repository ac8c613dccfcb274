//! The requests of one connection and their responses.

use std::io;

use super::body::Body;
use super::connection::{Connection, NoHead};
use super::handler::{Delivery, Handler, Reply};
use super::head::{BadHead, Head};
use super::response::SendOptions;

/// An unread body up to this size is read after an early response, so that the connection can stay open.
const MAX_DRAIN_SIZE: u64 = 256 * 1024;

/// What happens to the connection after a response.
#[derive(Debug, Clone, Copy)]
enum After {
    Keep,
    Close { unread: bool },
}

/// Serves the requests of one connection until it ends.
pub(super) fn serve(connection: &mut Connection, handler: &dyn Handler) {
    loop {
        let after = match connection.read_head() {
            Ok(head) => exchange(connection, handler, &head),
            Err(NoHead::Bad(bad)) => reject(connection, handler, bad),
            Err(NoHead::Gone) => Ok(After::Close { unread: false }),
        };
        match after {
            Ok(After::Keep) => {}
            Ok(After::Close { unread }) => return connection.close(unread),
            Err(_) => return connection.close(false),
        }
    }
}

/// Responds to a request that cannot be parsed. The next one could not be found, so the connection ends.
fn reject(connection: &mut Connection, handler: &dyn Handler, bad: BadHead) -> io::Result<After> {
    let response = handler.reject(bad.status, bad.why);
    connection.write(&response.encode(SendOptions {
        close: true,
        ..SendOptions::default()
    })?)?;
    Ok(After::Close { unread: true })
}

fn exchange(connection: &mut Connection, handler: &dyn Handler, head: &Head) -> io::Result<After> {
    let framing = match head.framing() {
        Ok(framing) => framing,
        Err(bad) => return reject(connection, handler, bad),
    };
    connection.set_link(handler.link());
    let mut body = Body::new(connection, framing, head.expects_continue());
    let reply = match handler.handle(head, &mut body) {
        Ok(reply) => reply,
        Err(error) => body_error(handler, error)?,
    };
    if matches!(reply.delivery, Delivery::Complete | Delivery::Half) {
        return respond(head, reply, body);
    }
    body.skip(u64::MAX)?;
    if reply.delivery == Delivery::Silence {
        connection.wait_for_end();
    }
    Ok(After::Close { unread: false })
}

/// Returns the reply to a body that cannot be read; `Err` if the client is gone.
fn body_error(handler: &dyn Handler, error: io::Error) -> io::Result<Reply> {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            let message = "The body of the request is too large.";
            Ok(handler.reject(413, message).into())
        }
        io::ErrorKind::InvalidData => Ok(handler.reject(400, &error.to_string()).into()),
        _ => Err(error),
    }
}

fn respond(head: &Head, reply: Reply, mut body: Body<'_>) -> io::Result<After> {
    let half = reply.delivery == Delivery::Half;
    let keep = head.keeps_alive() && !half && body.is_short(MAX_DRAIN_SIZE);
    let options = SendOptions {
        gzip: head.accepts_gzip(),
        close: !keep && !half,
        head_only: head.method == "HEAD",
        half,
    };
    body.respond(&reply.response.encode(options)?)?;
    // The next request starts after the rest of this body.
    let read = body.is_read() || (keep && body.skip(MAX_DRAIN_SIZE).unwrap_or(false));
    Ok(if keep && read {
        After::Keep
    } else {
        After::Close { unread: !read }
    })
}
