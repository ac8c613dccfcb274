//! The paths of operations, and the endpoint that polls each.

#[cfg(feature = "analytics")]
use crate::endpoint::CodeMeaning;
use crate::endpoint::{Cadence, Endpoint, OperationPath};

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

/// Returns the form of a path, and the ids in it.
pub(super) fn form_of<'a>(
    path: &'a str,
    optional_paths: &'static [OperationPath],
) -> Option<(&'static OperationPath, Vec<&'a str>)> {
    let mut forms = COMMON_PATHS.iter().chain(optional_paths);
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
