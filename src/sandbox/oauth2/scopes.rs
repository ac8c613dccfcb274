//! Which scopes a call needs. A key needs none here.

use crate::sandbox::api::Call;
use crate::sandbox::server::Response;
use crate::sandbox::state::State;

/// Method, documented path, and what a token needs: all of these scopes, one of those with `|` between them, or `-`
/// where tokens are not taken at all. What is not listed needs nothing.
const NEEDS: &str = include_str!("scopes.txt");

/// Why the token of this request may not do it. `None` if it may; `Some` as well for what is no token.
pub(in crate::sandbox) fn rejection(state: &State, call: &Call<'_>) -> Option<Response> {
    let grant = call
        .bearer()
        .and_then(|token| state.authority.active(token));
    let Some(grant) = grant else {
        return Some(call.unauthorized());
    };
    let path = call.path();
    let needs = needs_of(call.method(), &path)?;
    let has_one = |scopes: &str| scopes.split('|').any(|scope| grant.has(scope));
    let missing = needs.split(' ').find(|scopes| !has_one(scopes))?;
    Some(match path.first().copied() {
        _ if missing == "-" => call.unauthorized(),
        Some("assets") => Response::gateway_error(401, "Unauthorized"),
        Some("cloud") => Response::error(
            403,
            "INSUFFICIENT_SCOPE",
            "The access token has insufficient scope.",
        ),
        _ => Response::gateway_error(403, "Forbidden"),
    })
}

/// Whether the request carries a token that this user granted.
pub(in crate::sandbox) fn is_of(state: &State, call: &Call<'_>, user: u64) -> bool {
    let grant = call
        .bearer()
        .and_then(|token| state.authority.active(token));
    grant.is_some_and(|grant| grant.user == user)
}

fn needs_of(method: &str, path: &[&str]) -> Option<&'static str> {
    let lines = NEEDS.lines().filter_map(|line| {
        let (known, rest) = line.split_once(' ')?;
        let (template, needs) = rest.split_once(' ')?;
        (known == method).then_some((template, needs))
    });
    // A verb behind an id is part of the path, not of the id.
    let mut fitting: Vec<_> = lines.filter(|(template, _)| fits(template, path)).collect();
    fitting.sort_by_key(|(template, _)| !template.contains(':'));
    fitting.first().map(|(_, needs)| *needs)
}

fn fits(template: &str, path: &[&str]) -> bool {
    let segments = template.split('/').skip(1);
    segments.clone().count() == path.len()
        && segments.zip(path).all(|(template, segment)| {
            match template
                .strip_prefix('{')
                .and_then(|rest| rest.split_once('}'))
            {
                Some((_, verb)) => segment.len() > verb.len() && segment.ends_with(verb),
                None => template == *segment,
            }
        })
}
