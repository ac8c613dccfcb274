//! Prints the permissions of an API key and checks them: for people, and by its exit status for CI.
//!
//! `cargo run -q -F sandbox --example doctor -- --user 156 --need asset:write --offline`

mod support;

use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::process::ExitCode;

use rblx_open_cloud::models::{
    GroupId, KeyInfo, KeyScope, KeyTarget, RequiredScopes, Scope, UserId,
};
use rblx_open_cloud::{Client, EndpointInfo, Method, ScopeRule};
use support::{Arguments, Failure, Outcome, Service, finish, note, screen, unknown};

const USAGE: &str = "\
usage: doctor [OPTION]...

Prints the permissions of the API key. With required scopes, it also prints which are
missing, and how to add them.

  --need SCOPE           requires this scope, such as asset:write
  --call \"METHOD PATH\"   requires the scopes of this documented call, such as \"POST /assets/v1/assets\"
  --user ID              the scopes that follow must cover this user
  --group ID             the scopes that follow must cover this group
  --calls                prints which calls of this library the scopes of the key allow
  --offline              check the key of the built-in sandbox
  --help                 print this

The exit status is 0 if the key is sufficient, 1 if not, and 2 for wrong arguments. A key
that expires within a week is reported, but sufficient.
Without --offline the API key is read from ROBLOX_API_KEY.";

fn main() -> ExitCode {
    finish(USAGE, run())
}

/// The owner that a required scope must cover.
#[derive(Clone, Copy)]
enum Owner {
    Any,
    User(UserId),
    Group(GroupId),
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let (mut owner, mut required) = (Owner::Any, Vec::new());
    let (mut lists_calls, mut offline) = (false, false);
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--user" => owner = Owner::User(arguments.parsed(option)?),
            "--group" => owner = Owner::Group(arguments.parsed(option)?),
            "--need" => {
                let text = arguments.value(option)?;
                if !text
                    .split_once(':')
                    .is_some_and(|(api, right)| !api.is_empty() && !right.is_empty())
                {
                    let text = format!("{text:?} is not a scope, such as asset:write");
                    return Err(Failure::Usage(text));
                }
                let scope = Scope::from(text.as_str());
                required.push(owned(scope.into(), owner));
            }
            "--call" => required.push(owned(of_call(&arguments.value(option)?)?, owner)),
            "--calls" => lists_calls = true,
            "--offline" => offline = true,
            _ => return unknown(option),
        }
    }
    let service = Service::choose(offline)?;
    let key = service.client.key_info()?;
    describe(&key)?;
    if lists_calls {
        list_calls(&service.client, &key)?;
    }
    let problems = key.problems(&required);
    for problem in &problems {
        note(&problem.to_string());
    }
    match problems.iter().filter(|problem| problem.is_fatal()).count() {
        0 => Ok(()),
        1 => Err(Failure::Other("the key is not sufficient".to_owned())),
        count => Err(Failure::Other(format!(
            "the key is not sufficient, for {count} reasons"
        ))),
    }
}

fn of_call(call: &str) -> Outcome<RequiredScopes> {
    let (method, path) = call.split_once(' ').unwrap_or((call, ""));
    let method = match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => {
            return Err(Failure::Usage(format!(
                "{call:?} does not start with a method"
            )));
        }
    };
    RequiredScopes::of_call(method, path).map_err(|error| Failure::Usage(error.to_string()))
}

fn owned(need: RequiredScopes, owner: Owner) -> RequiredScopes {
    match owner {
        Owner::Any => need,
        Owner::User(id) => need.for_user(id),
        Owner::Group(id) => need.for_group(id),
    }
}

fn describe(key: &KeyInfo) -> Outcome {
    let mut out = stdout().lock();
    writeln!(
        out,
        "key      {}",
        key.name.as_deref().unwrap_or("without a name")
    )?;
    if let Some(user) = key.authorized_user_id {
        writeln!(out, "acts for user {user}")?;
    }
    let expires = key
        .expiration_time
        .map_or("never".to_owned(), |time| time.date().to_string());
    writeln!(out, "expires  {expires}")?;
    for scope in &key.scopes {
        let operations = scope.operations.join(", ");
        let text = format!("may      {} {operations}{}", scope.name, targets(scope));
        writeln!(out, "{}", screen::line(&text))?;
    }
    Ok(())
}

/// Prints the calls by API, with what the key lacks.
fn list_calls(client: &Client, key: &KeyInfo) -> Outcome {
    let mut groups: BTreeMap<&str, Vec<EndpointInfo>> = BTreeMap::new();
    for endpoint in client.endpoints() {
        groups.entry(endpoint.group()).or_default().push(endpoint);
    }
    let mut out = stdout().lock();
    for (group, endpoints) in groups {
        let allowed = endpoints.iter().filter(|one| one.is_allowed_by(key));
        writeln!(
            out,
            "calls    {group}: {} of {}",
            allowed.count(),
            endpoints.len()
        )?;
        for endpoint in endpoints {
            if endpoint.is_allowed_by(key) {
                writeln!(out, "  yes    {endpoint}")?;
                continue;
            }
            let scopes = endpoint.scopes.iter().filter(|scope| !key.allows(*scope));
            let scopes: Vec<&str> = scopes.map(Scope::as_str).collect();
            let joined = match endpoint.scope_rule {
                ScopeRule::Any => scopes.join(" or "),
                _ => scopes.join(", "),
            };
            writeln!(out, "  no     {endpoint}: needs {joined}")?;
        }
    }
    Ok(())
}

fn targets(scope: &KeyScope) -> String {
    let users = words("user", scope.user_ids.as_deref());
    let groups = words("group", scope.group_ids.as_deref());
    let universes = words("universe", scope.universe_ids.as_deref());
    let stores = scope.universe_datastores.iter().flatten();
    let stores = stores.map(|store| {
        let name = store.datastore_name.as_deref().unwrap_or("*");
        format!("data store {name}")
    });
    let all: Vec<String> = users.chain(groups).chain(universes).chain(stores).collect();
    if all.is_empty() {
        String::new()
    } else {
        format!(" for {}", all.join(", "))
    }
}

fn words<T: std::fmt::Display>(
    kind: &'static str,
    targets: Option<&[KeyTarget<T>]>,
) -> impl Iterator<Item = String> {
    targets
        .into_iter()
        .flatten()
        .map(move |target| match target {
            KeyTarget::One(id) => format!("{kind} {id}"),
            _ => format!("every {kind}"),
        })
}
