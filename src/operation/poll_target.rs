//! The target of the polls of an operation: its path, and the request that started it.

use super::path::{form_of, optional_paths};
use crate::endpoint::{Cadence, OperationPath, WrappedOperation};
use crate::error::{Error, Result};
use crate::http::{Request, percent_decode, query_value};

/// The scope of memory stores where none is named.
const DEFAULT_SCOPE: &str = "LIVE";

/// The target of the polls of an operation.
pub(super) struct PollTarget {
    /// The path of the operation, which may contain a query parameter that polls repeat. It is empty if none is known.
    pub(super) path: String,
    /// The request that started it, unless it was resumed.
    started_by: Option<Request>,
    /// The forms that its path may have besides the common ones.
    optional_paths: &'static [OperationPath],
}

impl PollTarget {
    /// Creates the target of an operation that is resumed by its path.
    pub(super) fn resumed(path: String) -> Self {
        Self {
            path,
            started_by: None,
            optional_paths: optional_paths(),
        }
    }

    /// Creates the target of an operation that this request started.
    pub(super) fn started(path: String, request: &Request) -> Self {
        let optional_paths = request.endpoint.operation_paths;
        let mut target = Self {
            path,
            started_by: Some(request.clone()),
            optional_paths: optional_paths.map_or(&[], |paths| paths()),
        };
        target.add_query();
        target
    }

    pub(super) fn is_resumed(&self) -> bool {
        self.started_by.is_none()
    }

    /// Sets the path that the service reports, or else the one that follows from the id and the request, unless the path
    /// is known.
    pub(super) fn complete(&mut self, reported: Option<String>, id: Option<&str>) {
        if self.path.is_empty() {
            let reported = reported.filter(|path| !path.is_empty());
            let path = reported.or_else(|| self.path_from_id(id));
            self.path = path.unwrap_or_default();
            self.add_query();
        }
    }

    fn path_from_id(&self, id: Option<&str>) -> Option<String> {
        let wrapped = self
            .started_by
            .as_ref()
            .filter(|_| self.wrapper().is_some());
        let Some(request) = wrapped else {
            return id.map(|id| format!("operations/{id}"));
        };
        let path = request.path().trim_start_matches('/');
        if self.polls_repeat_request() {
            return form_of(path, self.optional_paths).map(|_| path.to_owned());
        }
        let (universe, _) = path.split_once("/experiments")?;
        id.map(|id| format!("{universe}/operations/{id}"))
    }

    /// Adds the parameter that polls repeat to the path, so that the path is all that is needed to resume the operation.
    fn add_query(&mut self) {
        let name = self.form().and_then(|(form, _)| form.repeats_query);
        let Some((name, request)) = name.zip(self.started_by.as_ref()) else {
            return;
        };
        match request.query_value(name) {
            Some(value) if value != DEFAULT_SCOPE && query_value(&self.path, name).is_none() => {
                self.path = format!("{}?{name}={value}", self.path);
            }
            _ => {}
        }
    }

    fn form(&self) -> Option<(&'static OperationPath, Vec<&str>)> {
        form_of(&self.path, self.optional_paths)
    }

    /// Returns the delays between polls.
    pub(super) fn cadence(&self) -> Cadence {
        match self.form() {
            Some((form, _)) => form.cadence,
            None if self.polls_repeat_request() => Cadence::REPEATED,
            None => Cadence::ASSETS,
        }
    }

    /// Returns how a response wraps the operation.
    pub(super) fn wrapper(&self) -> Option<WrappedOperation> {
        match &self.started_by {
            Some(request) => request.endpoint.operation,
            None => self.form()?.0.endpoint.operation,
        }
    }

    /// Whether polls repeat the request that started the operation.
    pub(super) fn polls_repeat_request(&self) -> bool {
        self.wrapper()
            .is_some_and(|wrapper| wrapper.polls_repeat_request)
    }

    /// Returns the advice if the operation ends with this code.
    pub(super) fn advice(&self, code: Option<&str>) -> Option<&'static str> {
        let (form, _) = self.form()?;
        let (known, advice) = form.advice?;
        (code == Some(known)).then_some(advice)
    }

    /// Returns the request that polls the operation.
    pub(super) fn request(&self) -> Result<Request> {
        if let Some(request) = self
            .started_by
            .as_ref()
            .filter(|_| self.polls_repeat_request())
        {
            return Ok(request.clone());
        }
        let path = &self.path;
        let (form, ids) = self.form().ok_or_else(|| {
            Error::invalid_input(format!(
                "{path:?} is not the path of an operation such as `operations/1ac3…`"
            ))
        })?;
        let request = Request::new(form.endpoint);
        let request = ids.into_iter().fold(request, Request::path_param);
        let repeated = form.repeats_query.and_then(|name| {
            let started_by = self.started_by.as_ref();
            let value = query_value(path, name).or_else(|| started_by?.query_value(name))?;
            Some((name, percent_decode(value)))
        });
        Ok(match repeated {
            Some((name, value)) => request.query(name, value),
            None => request,
        })
    }
}
