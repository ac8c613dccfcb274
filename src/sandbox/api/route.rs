//! Routes, and finding the one for a request.

use std::fmt;

use serde_json::Value;

use super::call::Call;
use super::official::{self, Operation};
use super::rejection::Rejection;
use crate::sandbox::server::Response;
use crate::sandbox::template::{Params, Template, split_path};

pub(crate) type Handler = fn(&mut Call<'_>) -> Result<Response, Rejection>;

/// One endpoint that the sandbox supports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) handler: Handler,
    /// Whether the endpoint needs an API key or an access token.
    pub(crate) needs_credential: bool,
}

impl Route {
    pub(crate) const fn without_credential(mut self) -> Self {
        self.needs_credential = false;
        self
    }
}

/// What a handler returns: a JSON value, or a `Result` of a JSON value or a [`Response`].
pub(crate) trait IntoResult {
    fn into_result(self) -> Result<Response, Rejection>;
}

impl IntoResult for Value {
    fn into_result(self) -> Result<Response, Rejection> {
        Ok(self.into())
    }
}

impl<T: Into<Response>> IntoResult for Result<T, Rejection> {
    fn into_result(self) -> Result<Response, Rejection> {
        self.map(Into::into)
    }
}

/// Builds a list of routes. A handler takes a [`Call`] and returns an [`IntoResult`].
macro_rules! routes {
    ($($method:ident $template:literal => $handler:path $([$setting:ident])?,)+) => {
        &[$(
            $crate::sandbox::api::route::Route {
                method: stringify!($method),
                template: $template,
                handler: |call| $crate::sandbox::api::route::IntoResult::into_result($handler(call)),
                needs_credential: true,
            }$(.$setting())?,
        )+]
    };
}
pub(crate) use routes;

/// All routes, together with the documented operations that the sandbox does not support.
#[derive(Debug)]
pub(crate) struct RouteTable(Vec<Entry>);

pub(crate) struct Entry {
    pub(crate) method: &'static str,
    pub(crate) template: Template,
    /// `None` for an operation that the sandbox does not support.
    pub(crate) route: Option<Route>,
    /// `None` for a route that is not an official operation.
    pub(crate) operation: Option<Operation>,
}

/// The entry of the table for a request.
pub(crate) enum Found<'t> {
    Route(Route, &'t Entry, Params),
    Unsupported(&'t Entry),
    /// The methods that the path allows.
    WrongMethod(Vec<&'static str>),
    UnknownPath,
}

impl RouteTable {
    pub(crate) fn new(routes: impl Iterator<Item = Route>) -> Self {
        let unsupported = official::operations().map(|operation| Entry {
            method: operation.method,
            template: Template::new(operation.template),
            route: None,
            operation: Some(operation),
        });
        let mut table = Self(unsupported.collect());
        for route in routes {
            table.add(route);
        }
        table
    }

    fn add(&mut self, route: Route) {
        let is_same =
            |one: &&mut Entry| one.method == route.method && one.template.text == route.template;
        if let Some(entry) = self.0.iter_mut().find(is_same) {
            entry.route = Some(route);
            return;
        }
        self.0.push(Entry {
            method: route.method,
            template: Template::new(route.template),
            route: Some(route),
            operation: None,
        });
    }

    /// Finds the entry for a method and a path. If several templates match the path, the most precise one is used.
    pub(crate) fn find(&self, method: &str, path: &str) -> Found<'_> {
        let segments = split_path(path);
        let matches = |entry: &&Entry| entry.template.match_path(&segments).is_some();
        let matching: Vec<&Entry> = self.0.iter().filter(matches).collect();
        let best = matching
            .iter()
            .max_by(|one, other| one.template.cmp_precision(&other.template));
        let Some(best) = best else {
            return Found::UnknownPath;
        };
        let is_like_best = |entry: &&&Entry| entry.template.has_shape_of(&best.template);
        let candidates: Vec<&Entry> = matching.iter().filter(is_like_best).copied().collect();
        let with_method = candidates.iter().filter(|entry| entry.method == method);
        let chosen = with_method.max_by_key(|entry| entry.route.is_some());
        match chosen {
            None => Found::WrongMethod(methods(&candidates)),
            Some(entry) => entry.found(&segments),
        }
    }

    /// Returns the methods of a path or a template. Empty if the path does not exist.
    pub(crate) fn methods_of(&self, path: &str) -> Vec<&'static str> {
        let matches = |entry: &&Entry| entry.template.matches_path_or_template(path);
        methods(&self.0.iter().filter(matches).collect::<Vec<_>>())
    }
}

fn methods(entries: &[&Entry]) -> Vec<&'static str> {
    let mut methods: Vec<_> = entries.iter().map(|entry| entry.method).collect();
    methods.sort_by_key(|method| (*method != "GET", *method));
    methods.dedup();
    methods
}

impl Entry {
    fn found(&self, segments: &[&str]) -> Found<'_> {
        match (self.route, self.template.match_path(segments)) {
            (Some(route), Some(params)) => Found::Route(route, self, params),
            _ => Found::Unsupported(self),
        }
    }
}

impl Found<'_> {
    /// Returns the documented template of the path, if there is one for this method.
    pub(crate) fn template(&self) -> Option<&'static str> {
        match self {
            Self::Route(_, entry, _) | Self::Unsupported(entry) => Some(entry.template.text),
            Self::WrongMethod(_) | Self::UnknownPath => None,
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template.text)
    }
}
