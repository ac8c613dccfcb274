//! Problems of data stores in the shape of the older interface.

use serde_json::json;

use super::headers::with_headers;
use crate::sandbox::api::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::state::data_store::Problem;
use crate::sandbox::state::data_store::entry::Revision;

pub(super) fn v1(problem: Problem) -> Rejection {
    match problem {
        Problem::NoStore => not_found("The data store", "DatastoreNotFound"),
        Problem::NoEntry => not_found("The entry", "EntryNotFound"),
        Problem::NoRevision => not_found("The version of the entry", "VersionNotFound"),
        Problem::StoreDeleted => {
            let message = "The data store is scheduled for deletion.";
            error(400, "FAILED_PRECONDITION", message, "DatastoreDeleted").into()
        }
        Problem::Exists(revision) => mismatch("The entry already exists.", Some(&revision)),
        Problem::OtherRevision(revision) => {
            let message = "The newest version of the entry is another one.";
            mismatch(message, revision.as_deref())
        }
        Problem::Invalid(message) => {
            error(400, "INVALID_ARGUMENT", &message, "InvalidRequest").into()
        }
    }
}

/// Rejects a value of the request.
pub(super) fn invalid(message: &str) -> Rejection {
    v1(Problem::Invalid(message.to_owned()))
}

pub(super) fn no_universe() -> Rejection {
    not_found("The universe", "UniverseNotFound")
}

fn not_found(what: &str, code: &str) -> Rejection {
    error(404, "NOT_FOUND", &format!("{what} was not found."), code).into()
}

/// Returns a 412 with the headers of the newest revision.
fn mismatch(message: &str, revision: Option<&Revision>) -> Rejection {
    let response = error(412, "FAILED_PRECONDITION", message, "PreconditionFailed");
    match revision {
        Some(revision) => with_headers(response, revision).into(),
        None => response.into(),
    }
}

fn error(status: u16, code: &str, message: &str, detail: &str) -> Response {
    let details = json!([{
        "errorDetailType": "DatastoreErrorInfo",
        "datastoreErrorCode": detail,
    }]);
    let body = json!({ "error": code, "message": message, "errorDetails": details });
    Response::json(status, &body)
}
