//! The faults that requests will meet.

use std::collections::VecDeque;

use crate::sandbox::fault::Fault;
use crate::sandbox::template::shape;

#[derive(Debug, Default)]
pub(crate) struct Faults {
    /// For the next requests of any call.
    queue: VecDeque<Repeated>,
    /// For the next requests of one call each.
    by_call: Vec<(Target, Repeated)>,
}

#[derive(Debug)]
struct Repeated {
    fault: Fault,
    times: usize,
}

/// The requests that a fault is for.
#[derive(Debug)]
pub(crate) struct Target {
    /// `None` for every method.
    method: Option<String>,
    path: String,
    /// The path as a template, without the names of the parameters.
    shape: String,
}

impl Target {
    /// Parses a path or a template, optionally after a method and a space.
    pub(crate) fn parse(text: &str) -> Self {
        let (method, path) = match text.trim().split_once(' ') {
            Some((method, path)) => (Some(method.to_ascii_uppercase()), path.trim()),
            None => (None, text.trim()),
        };
        Self {
            method,
            path: path.to_owned(),
            shape: shape(path),
        }
    }

    pub(crate) fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    fn matches(&self, method: &str, path: &str, template: Option<&str>) -> bool {
        let is_method = self.method.as_ref().is_none_or(|wanted| wanted == method);
        let is_template = || template.is_some_and(|template| shape(template) == self.shape);
        is_method && (path == self.path || is_template())
    }
}

impl Faults {
    pub(crate) fn push(&mut self, fault: Fault, times: usize) {
        self.queue.push_back(Repeated { fault, times });
    }

    pub(crate) fn push_for(&mut self, target: Target, fault: Fault, times: usize) {
        self.by_call.push((target, Repeated { fault, times }));
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns the number of faults that no request has met yet.
    pub(crate) fn left(&self) -> usize {
        let by_call = self.by_call.iter().map(|(_, repeated)| repeated);
        let all = self.queue.iter().chain(by_call);
        all.fold(0, |sum, repeated| sum.saturating_add(repeated.times))
    }

    /// Takes the fault of a request. One for this call goes first, and leaves the queue as it is.
    pub(crate) fn take(
        &mut self,
        method: &str,
        path: &str,
        template: Option<&str>,
    ) -> Option<Fault> {
        let mut by_call = self.by_call.iter_mut();
        let own = by_call.find(|(target, repeated)| {
            repeated.times > 0 && target.matches(method, path, template)
        });
        if let Some((_, repeated)) = own {
            return Some(repeated.take());
        }
        self.queue.retain(|repeated| repeated.times > 0);
        self.queue.front_mut().map(Repeated::take)
    }
}

impl Repeated {
    fn take(&mut self) -> Fault {
        self.times = self.times.saturating_sub(1);
        self.fault.clone()
    }
}
