//! Tells what an API key may do, and whether that is enough: for a person, and by its status for CI.
//!
//! `cargo run -q -F sandbox --example doctor -- --user 156 --need asset:write --offline`

mod support;

use std::io::{Write, stdout};
use std::process::ExitCode;

use rblx_open_cloud::Method;
use rblx_open_cloud::models::{
    GroupId, KeyInfo, KeyScope, KeyTarget, RequiredScopes, Scope, UserId,
};
use support::{Arguments, Failure, Outcome, Service, finish, note, unknown};

const USAGE: &str = "\
usage: doctor [OPTION]...

Tells what the API key may do. With needs, it also tells what is missing, and how to
mend it.

  --need SCOPE           a scope that is needed, such as asset:write
  --call \"METHOD PATH\"   the same by a documented call, such as \"POST /assets/v1/assets\"
  --user ID              the needs that follow are for what this user owns
  --group ID             the needs that follow are for what this group owns
  --offline              ask about the key of the built-in sandbox
  --help                 print this

The status is 0 if nothing is missing, 1 if something is, 2 for wrong arguments. That
the key expires within a week is told, but is no failure.
Without --offline the API key is read from ROBLOX_API_KEY.";

fn main() -> ExitCode {
    finish(USAGE, run())
}

/// For whom a scope is needed.
#[derive(Clone, Copy)]
enum Owner {
    Anybody,
    User(UserId),
    Group(GroupId),
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let (mut owner, mut needs, mut offline) = (Owner::Anybody, Vec::new(), false);
    while let Some(argument) = arguments.next()? {
        let option = argument.as_str();
        match option {
            "--user" => owner = Owner::User(arguments.parsed(option)?),
            "--group" => owner = Owner::Group(arguments.parsed(option)?),
            "--need" => {
                let scope = Scope::from(arguments.value(option)?.as_str());
                needs.push(owned(scope.into(), owner));
            }
            "--call" => needs.push(owned(of_call(&arguments.value(option)?)?, owner)),
            "--offline" => offline = true,
            _ => return unknown(option),
        }
    }
    let service = Service::choose(offline)?;
    let key = service.client.key_info()?;
    describe(&key)?;
    let problems = key.problems(&needs);
    for problem in &problems {
        note(&problem.to_string());
    }
    match problems.iter().filter(|problem| problem.is_fatal()).count() {
        0 => Ok(()),
        1 => Err(Failure::Other("the key does not do".to_owned())),
        count => Err(Failure::Other(format!(
            "the key does not do, for {count} reasons"
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
                "{call:?} does not begin with a method"
            )));
        }
    };
    RequiredScopes::of_call(method, path).map_err(|error| Failure::Usage(error.to_string()))
}

fn owned(need: RequiredScopes, owner: Owner) -> RequiredScopes {
    match owner {
        Owner::Anybody => need,
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
        writeln!(
            out,
            "may      {} {operations}{}",
            scope.name,
            targets(scope)
        )?;
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
