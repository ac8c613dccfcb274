//! One request and its answer: what the queued fault says, what the API says, and whether the connection stays.

use std::io;

use super::answer::{Answer, Form};
use super::body::Body;
use super::connection::{Connection, NoHead};
use super::head::{BadHead, Head};
use crate::sandbox::api::{self, Call, Failure};
use crate::sandbox::fault::Kind;
use crate::sandbox::state::Shared;

/// An unread body up to this size is read after an early answer, so that the connection can stay.
const SHORT_BODY: u64 = 256 * 1024;

/// What becomes of the connection.
#[derive(Debug, Clone, Copy)]
enum After {
    Keep,
    Close { unread: bool },
}

/// Answers the requests of one connection until it ends.
pub(super) fn serve(connection: &mut Connection, shared: &Shared) {
    loop {
        let after = match connection.read_head() {
            Ok(head) => exchange(connection, shared, &head),
            Err(NoHead::Bad(bad)) => refuse(connection, bad),
            Err(NoHead::Gone) => Ok(After::Close { unread: false }),
        };
        match after {
            Ok(After::Keep) => {}
            Ok(After::Close { unread }) => return connection.close(unread),
            Err(_) => return connection.close(false),
        }
    }
}

/// Answers a request that cannot be understood. Nothing after it can be either, so the connection ends.
fn refuse(connection: &mut Connection, bad: BadHead) -> io::Result<After> {
    let answer = Answer::gateway_error(bad.status, bad.why);
    connection.write(&answer.encode(Form {
        close: true,
        ..Form::default()
    })?)?;
    Ok(After::Close { unread: true })
}

fn exchange(connection: &mut Connection, shared: &Shared, head: &Head) -> io::Result<After> {
    let fault = shared.state().receive(head);
    let framing = match head.framing() {
        Ok(framing) => framing,
        Err(bad) => return refuse(connection, bad),
    };
    let mut body = Body::new(connection, framing, head.expects_continue());
    let call = Call::new(head, matches!(fault, Some(Kind::EmptyPage)));
    let answer = match &fault {
        Some(Kind::Answer(answer)) => answer.clone(),
        Some(Kind::RateLimited(seconds)) => call.rate_limited(*seconds),
        Some(Kind::Cut) => return read_and_leave(&mut body),
        Some(Kind::Silent) => {
            body.skip(u64::MAX)?;
            connection.wait_for_end();
            return Ok(After::Close { unread: false });
        }
        _ => work(shared, &call, &mut body)?,
    };
    let answer = answer.header("x-sandbox-run", &*shared.run);
    reply(head, fault.as_ref(), answer, body)
}

fn read_and_leave(body: &mut Body<'_>) -> io::Result<After> {
    body.skip(u64::MAX)?;
    Ok(After::Close { unread: false })
}

/// Lets the API work on the request; `Err` when the client is gone.
fn work(shared: &Shared, call: &Call<'_>, body: &mut Body<'_>) -> io::Result<Answer> {
    let answer = match api::answer(shared, call, body) {
        Ok(answer) | Err(Failure::Refused(answer)) => answer,
        Err(Failure::Io(error)) => match error.kind() {
            io::ErrorKind::FileTooLarge => {
                Answer::gateway_error(413, "The body of the request is too large.")
            }
            io::ErrorKind::InvalidData => {
                Answer::error(400, "INVALID_ARGUMENT", &error.to_string())
            }
            _ => return Err(error),
        },
    };
    Ok(shared.state().count_request(answer))
}

/// Sends the answer, or the part of it that the fault lets through.
fn reply(
    head: &Head,
    fault: Option<&Kind>,
    mut answer: Answer,
    mut body: Body<'_>,
) -> io::Result<After> {
    let half = matches!(fault, Some(Kind::CutBody));
    match fault {
        Some(Kind::LostAnswer) => return read_and_leave(&mut body),
        Some(Kind::TruncatedJson) => answer.body.truncate(answer.body.len() / 2),
        _ => {}
    }
    let keep = head.keeps_alive() && !half && body.is_short(SHORT_BODY);
    let form = Form {
        gzip: head.accepts_gzip(),
        close: !keep && !half,
        head_only: head.method == "HEAD",
        half,
    };
    body.answer(&answer.encode(form)?)?;
    // The rest of a short body comes before the next request.
    let read = body.is_read() || (keep && body.skip(SHORT_BODY).unwrap_or(false));
    Ok(if keep && read {
        After::Keep
    } else {
        After::Close { unread: !read }
    })
}
