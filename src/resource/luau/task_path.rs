//! The paths of tasks, in the four shapes that the service writes and accepts.

use crate::endpoint::{Endpoint, EndpointRef};
use crate::error::{Error, Result};
use crate::http::Request;
use crate::operation::ids;

pub(super) const GET: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}",
)
.any_scope(&[
    "universe.place.luau-execution-session:read",
    "universe.place.luau-execution-session:write",
])
.error_fields_are_data();
pub(super) const LIST_LOGS: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}/logs",
)
.any_scope(&[
    "universe.place.luau-execution-session:read",
    "universe.place.luau-execution-session:write",
])
.paginated("luauExecutionSessionTaskLogs", 10_000)
.in_chunks(&["structuredMessages", "messages"]);

pub(super) const ENDPOINTS: &[&Endpoint] = &[&GET, &LIST_LOGS];

/// The documented shape.
const WITH_VERSION_AND_SESSION: &[&str] = &[
    "universes",
    "*",
    "places",
    "*",
    "versions",
    "*",
    "luau-execution-sessions",
    "*",
    "tasks",
    "*",
];

/// A shape of paths that the official document mentions, but none of its calls uses.
struct Shape {
    pattern: &'static [&'static str],
    template: &'static str,
    logs_template: &'static str,
}

const OTHERS: [Shape; 3] = [
    Shape {
        pattern: &[
            "universes",
            "*",
            "places",
            "*",
            "luau-execution-sessions",
            "*",
            "tasks",
            "*",
        ],
        template: "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}",
        logs_template: "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-sessions/{luau_execution_session_id}/tasks/{task_id}/logs",
    },
    Shape {
        pattern: &[
            "universes",
            "*",
            "places",
            "*",
            "versions",
            "*",
            "luau-execution-session-tasks",
            "*",
        ],
        template: "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks/{task_id}",
        logs_template: "/cloud/v2/universes/{universe_id}/places/{place_id}/versions/{version_id}/luau-execution-session-tasks/{task_id}/logs",
    },
    Shape {
        pattern: &[
            "universes",
            "*",
            "places",
            "*",
            "luau-execution-session-tasks",
            "*",
        ],
        template: "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks/{task_id}",
        logs_template: "/cloud/v2/universes/{universe_id}/places/{place_id}/luau-execution-session-tasks/{task_id}/logs",
    },
];

/// Returns the request of a call about the task with this path.
pub(super) fn request(call: &'static Endpoint, path: &str) -> Result<Request> {
    if let Some(ids) = ids(WITH_VERSION_AND_SESSION, path) {
        let request = Request::new(call);
        return Ok(ids.into_iter().fold(request, Request::path_param));
    }
    for shape in &OTHERS {
        if let Some(ids) = ids(shape.pattern, path) {
            let is_list = call.pagination.is_some();
            let template = if is_list {
                shape.logs_template
            } else {
                shape.template
            };
            let request = Request::new(EndpointRef::undocumented(call, template));
            return Ok(ids.into_iter().fold(request, Request::path_param));
        }
    }
    Err(Error::invalid_input(format!(
        "{path:?} is not the path of a Luau task such as \
         `universes/1/places/2/versions/3/luau-execution-sessions/…/tasks/…`"
    )))
}

/// Returns the request for the log of a task, with the kind and the time of each line.
pub(super) fn logs(call: &'static Endpoint, path: &str) -> Result<Request> {
    Ok(request(call, path)?.query("view", "STRUCTURED"))
}
