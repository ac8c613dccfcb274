//! Problems of data stores in the shape of `cloud/v2`.

use crate::sandbox::api::rejection::{self, Rejection, invalid, not_found};
use crate::sandbox::state::data_store::Problem;

pub(super) fn v2(problem: Problem) -> Rejection {
    match problem {
        Problem::NoStore => not_found("The data store"),
        Problem::NoEntry => not_found("The entry"),
        Problem::NoRevision => not_found("The revision of the entry"),
        Problem::StoreDeleted => {
            let message = "The data store is scheduled for deletion.";
            rejection::v2(400, "FAILED_PRECONDITION", message)
        }
        Problem::Exists(_) => invalid("The entry already exists."),
        Problem::OtherRevision(_) => {
            let message = "The etag is not that of the newest revision.";
            rejection::v2(409, "ABORTED", message)
        }
        Problem::Invalid(message) => invalid(&message),
    }
}
