//! The hosts of content, which take signed URLs and no credentials.

use super::call::Call;
use super::rejection::Rejection;
use crate::sandbox::server::Response;

/// Returns content.
pub(super) fn content(content: Vec<u8>) -> Response {
    from_storage(Response::new(200, "binary/octet-stream", content))
}

/// Marks a response as one of a host of content.
pub(super) fn from_storage(mut response: Response) -> Response {
    response.server = "AmazonS3";
    response
}

/// Rejects a request with a credential, so that a leak is noticed.
pub(super) fn reject_credential(call: &Call<'_>) -> Result<(), Rejection> {
    if call.has_credential() {
        let message = "A credential was sent to the host of content.";
        return Err(error(400, "InvalidArgument", message));
    }
    Ok(())
}

/// Rejects a request in the shape of the hosts of content.
pub(super) fn error(status: u16, code: &str, message: &str) -> Rejection {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    from_storage(Response::new(status, "application/xml", body.into_bytes())).into()
}
