//! The paths of operations, and where each is polled.

use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::http::Request;

const ASSET: Endpoint = Endpoint::get("/assets/v1/operations/{operationId}")
    .scopes(&["asset:read"])
    .error_fields_are_data();
const USER: Endpoint =
    Endpoint::get("/cloud/v2/users/{user_id}/operations/{operation_id}").error_fields_are_data();

pub(crate) const ENDPOINTS: &[&Endpoint] = &[&ASSET, &USER];

/// A possible form of the path of an operation. `*` is an id, in the order of the endpoint's placeholders.
struct Shape {
    pattern: &'static [&'static str],
    endpoint: &'static Endpoint,
    /// A query parameter of the request that started it, which the poll repeats.
    repeats_query: Option<&'static str>,
}

impl Shape {
    const fn new(pattern: &'static [&'static str], endpoint: &'static Endpoint) -> Self {
        Self {
            pattern,
            endpoint,
            repeats_query: None,
        }
    }
}

const SHAPES: &[Shape] = &[
    Shape::new(&["*"], &ASSET),
    Shape::new(&["operations", "*"], &ASSET),
    Shape::new(&["users", "*", "operations", "*"], &USER),
];

/// The possible prefixes of a path.
const PREFIXES: &[&str] = &["assets/v1/", "cloud/v2/"];

/// Returns the request that polls the operation with this path.
pub(super) fn poll_request(path: &str, started_by: Option<&Request>) -> Result<Request> {
    let bare = path.trim_start_matches('/');
    let bare = PREFIXES
        .iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .unwrap_or(bare);
    let segments: Vec<&str> = bare.split('/').collect();
    for shape in SHAPES {
        if let Some(ids) = ids(shape.pattern, &segments) {
            let request = Request::new(shape.endpoint);
            let request = ids.into_iter().fold(request, Request::path_param);
            let repeated = shape
                .repeats_query
                .and_then(|name| Some((name, started_by?.query_value(name)?)));
            return Ok(match repeated {
                Some((name, value)) => request.query_encoded(name, value),
                None => request,
            });
        }
    }
    Err(Error::invalid_input(format!(
        "{path:?} is not the path of an operation such as `operations/1ac3…`"
    )))
}

/// Returns the ids in a path of this form.
fn ids<'a>(pattern: &[&str], segments: &[&'a str]) -> Option<Vec<&'a str>> {
    if pattern.len() != segments.len() {
        return None;
    }
    let pairs = pattern.iter().zip(segments);
    let mut ids = Vec::new();
    for (expected, segment) in pairs {
        match *expected {
            "*" if !segment.is_empty() => ids.push(*segment),
            expected if expected == *segment => {}
            _ => return None,
        }
    }
    Some(ids)
}
