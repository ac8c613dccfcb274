//! The paths of operations, and the endpoint that polls each.

#[cfg(feature = "analytics")]
use crate::endpoint::CodeMeaning;
use crate::endpoint::{Cadence, Endpoint, OperationPath, WrappedOperation};
use crate::error::{Error, Result};
use crate::http::{Request, percent_decode};

const ASSET: Endpoint = Endpoint::get("/assets/v1/operations/{operationId}")
    .scopes(&["asset:read"])
    .error_fields_are_data();
const USER: Endpoint =
    Endpoint::get("/cloud/v2/users/{user_id}/operations/{operation_id}").error_fields_are_data();

const MEMORY_STORE: Endpoint =
    Endpoint::get("/cloud/v2/universes/{universe_id}/memory-store/operations/{operation_id}")
        .error_fields_are_data();

const INSTANCE: Endpoint = Endpoint::get(
    "/cloud/v2/universes/{universe_id}/places/{place_id}/instances/{instance_id}/operations/{operation_id}",
)
.error_fields_are_data();

#[cfg(feature = "analytics")]
const METRIC: Endpoint = Endpoint::get(
    "/analytics-query-api/v1/universes/{universeId}/operations/metrics/{operationId}",
)
.scopes(&["universe.analytics:read"])
.error_codes(ANALYTICS_CODES)
.error_fields_are_data();
#[cfg(feature = "analytics")]
const DIMENSION: Endpoint = Endpoint::get(
    "/analytics-query-api/v1/universes/{universeId}/operations/dimension-values/{operationId}",
)
.scopes(&["universe.analytics:read"])
.error_codes(ANALYTICS_CODES)
.error_fields_are_data();
#[cfg(feature = "configs")]
const EXPERIMENT: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/operations/{operationId}",
)
.scopes(&["universe:read"])
.holds_operation("experiment");

/// The statistics of an experiment are an operation without a path.
#[cfg(feature = "configs")]
pub(crate) const EXPERIMENT_STATS: Endpoint = Endpoint::get(
    "/creator-configs-public-api/v1/experimentation/universes/{universeId}/experiments/{experimentId}/stats",
)
.scopes(&["universe:read"])
.operation_paths(optional_paths)
.holds_operation("experimentStats")
.polled_by_repetition();

pub(crate) const ENDPOINTS: &[&Endpoint] = &[
    &ASSET,
    &USER,
    &MEMORY_STORE,
    &INSTANCE,
    #[cfg(feature = "analytics")]
    &METRIC,
    #[cfg(feature = "analytics")]
    &DIMENSION,
    #[cfg(feature = "configs")]
    &EXPERIMENT,
    #[cfg(feature = "configs")]
    &EXPERIMENT_STATS,
];

/// The statuses of these codes suggest a temporary failure, but it is permanent.
#[cfg(feature = "analytics")]
pub(crate) const ANALYTICS_CODES: &[(&str, CodeMeaning)] = &[
    ("3000", CodeMeaning::QueryTooLarge),
    ("1000", CodeMeaning::QueryTooLarge),
];

/// The advice if the properties of instances exceed the size of a response.
const RESPONSE_TOO_LARGE: &str = "A response holds up to 500,000 bytes: request fewer children with `page_size`; a single instance that is larger \
    cannot be read";

/// The forms that any operation may have.
const COMMON_PATHS: &[OperationPath] = &[
    OperationPath::new(&["*"], &ASSET),
    OperationPath::new(&["operations", "*"], &ASSET),
    OperationPath::new(&["users", "*", "operations", "*"], &USER),
    // A flush names the first path, which cannot be polled; the document has the second.
    OperationPath::new(&["universes", "*", "operations", "*"], &MEMORY_STORE)
        .repeats_query("scope"),
    OperationPath::new(
        &["universes", "*", "memory-store", "operations", "*"],
        &MEMORY_STORE,
    )
    .repeats_query("scope"),
    OperationPath::new(
        &[
            "universes",
            "*",
            "places",
            "*",
            "instances",
            "*",
            "operations",
            "*",
        ],
        &INSTANCE,
    )
    .cadence(Cadence::INSTANCES)
    .advice("422", RESPONSE_TOO_LARGE),
];

/// Returns the forms that only operations of optional families have. The endpoints of these families name them, so that
/// other programs do without.
pub(crate) fn optional_paths() -> &'static [OperationPath] {
    const PATHS: &[OperationPath] = &[
        #[cfg(feature = "analytics")]
        OperationPath::new(&["universes", "*", "operations", "metrics", "*"], &METRIC)
            .cadence(Cadence::ANALYTICS),
        #[cfg(feature = "analytics")]
        OperationPath::new(
            &["universes", "*", "operations", "dimension-values", "*"],
            &DIMENSION,
        )
        .cadence(Cadence::ANALYTICS),
        #[cfg(feature = "configs")]
        OperationPath::new(
            &["experimentation", "universes", "*", "operations", "*"],
            &EXPERIMENT,
        )
        .cadence(Cadence::EXPERIMENTS),
        #[cfg(feature = "configs")]
        OperationPath::new(
            &[
                "experimentation",
                "universes",
                "*",
                "experiments",
                "*",
                "stats",
            ],
            &EXPERIMENT_STATS,
        )
        .cadence(Cadence::EXPERIMENTS),
    ];
    PATHS
}

/// Forms that an operation may have besides the common ones.
pub(super) type Paths = &'static [OperationPath];

/// The scope of memory stores where none is named.
const DEFAULT_SCOPE: &str = "LIVE";

/// The possible prefixes of a path.
const PREFIXES: &[&str] = &[
    "assets/v1/",
    "cloud/v2/",
    #[cfg(feature = "analytics")]
    "analytics-query-api/v1/",
    #[cfg(feature = "analytics")]
    "v1/",
    #[cfg(feature = "configs")]
    "creator-configs-public-api/v1/",
];

/// Returns the delays between the polls of the operation with this path, or of one that only the request that started
/// it can poll.
pub(super) fn cadence(path: &str, optional: Paths, started_by: Option<&Request>) -> Cadence {
    let by_form = form_of(path, optional).map(|(form, _)| form.cadence);
    let polls_repeat_request = started_by.is_some_and(polls_repeat_request);
    by_form.unwrap_or(if polls_repeat_request {
        Cadence::REPEATED
    } else {
        Cadence::ASSETS
    })
}

/// Returns how a response to a poll wraps the operation with this path.
pub(super) fn wrapper(path: &str, optional: Paths) -> Option<WrappedOperation> {
    form_of(path, optional)?.0.endpoint.operation
}

/// Returns the path of an operation of which only the id, or the request that started it, is known.
pub(super) fn from_id(
    id: Option<&str>,
    optional: Paths,
    started_by: Option<&Request>,
) -> Option<String> {
    let wrapped = started_by.filter(|request| request.endpoint.operation.is_some());
    let Some(request) = wrapped else {
        return id.map(|id| format!("operations/{id}"));
    };
    let path = request.path().trim_start_matches('/');
    if polls_repeat_request(request) {
        return form_of(path, optional).map(|_| path.to_owned());
    }
    let (universe, _) = path.split_once("/experiments")?;
    id.map(|id| format!("{universe}/operations/{id}"))
}

fn polls_repeat_request(request: &Request) -> bool {
    let wrapper = request.endpoint.operation;
    wrapper.is_some_and(|wrapper| wrapper.polls_repeat_request)
}

/// Returns the advice if the operation with this path ends with this code.
pub(super) fn advice(path: &str, optional: Paths, code: Option<&str>) -> Option<&'static str> {
    let (form, _) = form_of(path, optional)?;
    let (known, advice) = form.advice?;
    (code == Some(known)).then_some(advice)
}

/// Returns the request that polls the operation with this path, which may contain the parameter that polls repeat.
pub(super) fn poll_request(
    path: &str,
    optional: Paths,
    started_by: Option<&Request>,
) -> Result<Request> {
    let unknown = || {
        Error::invalid_input(format!(
            "{path:?} is not the path of an operation such as `operations/1ac3…`"
        ))
    };
    if let Some(request) = started_by.filter(|request| polls_repeat_request(request)) {
        return Ok(request.clone());
    }
    let (form, ids) = form_of(path, optional).ok_or_else(unknown)?;
    let request = Request::new(form.endpoint);
    let request = ids.into_iter().fold(request, Request::path_param);
    let repeated = form.repeats_query.and_then(|name| {
        let in_path = query_value(path, name);
        Some((name, in_path.or_else(|| started_by?.query_value(name))?))
    });
    Ok(match repeated {
        Some((name, value)) => request.query(name, percent_decode(value)),
        None => request,
    })
}

/// Adds the parameter that polls repeat to the path of an operation: the path is all that is needed to resume it.
pub(super) fn with_query(path: String, optional: Paths, started_by: &Request) -> String {
    let name = form_of(&path, optional).and_then(|(form, _)| form.repeats_query);
    let value = name.and_then(|name| Some((name, started_by.query_value(name)?)));
    match value {
        Some((name, value)) if value != DEFAULT_SCOPE && query_value(&path, name).is_none() => {
            format!("{path}?{name}={value}")
        }
        _ => path,
    }
}

/// The value of a parameter in a path with a query.
fn query_value<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = path.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// The form of a path, and the ids in it.
fn form_of(path: &str, optional: Paths) -> Option<(&'static OperationPath, Vec<&str>)> {
    let mut forms = COMMON_PATHS.iter().chain(optional);
    forms.find_map(|form| Some((form, ids(form.pattern, path)?)))
}

/// Returns the ids in a path of this form, where `*` stands for an id. A prefix and a query are skipped.
pub(crate) fn ids<'a>(pattern: &[&str], path: &'a str) -> Option<Vec<&'a str>> {
    let (path, _) = path.split_once('?').unwrap_or((path, ""));
    let bare = path.trim_start_matches('/');
    let bare = PREFIXES
        .iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .unwrap_or(bare);
    let segments: Vec<&str> = bare.split('/').collect();
    if pattern.len() != segments.len() {
        return None;
    }
    let mut ids = Vec::new();
    for (expected, segment) in pattern.iter().zip(segments) {
        match *expected {
            "*" if !segment.is_empty() => ids.push(segment),
            expected if expected == segment => {}
            _ => return None,
        }
    }
    Some(ids)
}
