//! Signs in with Roblox from a command line: prints the URL to open, waits for the browser, and keeps the session in a file.
//!
//! `cargo run -F oauth2,sandbox --example login` needs neither an app nor a browser: it uses a sandbox that grants the
//! request immediately. With the client ID of your app in `ROBLOX_CLIENT_ID` it uses the live service.

mod support;

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use rblx_open_cloud::oauth2::{App, LoopbackFlow, Scope, Session, TokenFile, TokenSet};
use rblx_open_cloud::sandbox::{Sandbox, SandboxApp};
use rblx_open_cloud::{Client, ErrorKind};
use support::page::{field, say, section, title};
use support::{Arguments, Failure, Outcome, finish, note, unknown};

const USAGE: &str = "\
usage: login [OPTION]...

  --session FILE    store the session in this file, instead of roblox-session.json
  --sign-out        revoke the session and remove the file
  --help            print this

Set ROBLOX_CLIENT_ID to the client ID of the app, ROBLOX_CLIENT_SECRET to its secret (if
it has one), and ROBLOX_REDIRECT_URI to its redirect URL (the default is
http://localhost:4306/callback). Without a client ID, the program uses a sandbox and
removes the session file at the end.";

const SCOPES: [Scope; 2] = [Scope::OpenId, Scope::Profile];

fn main() -> ExitCode {
    finish(USAGE, run())
}

fn run() -> Outcome {
    let mut arguments = Arguments::from_env();
    let (mut file, mut is_sign_out) = (None, false);
    while let Some(argument) = arguments.next()? {
        match argument.as_str() {
            "--session" => file = Some(PathBuf::from(arguments.value("--session")?)),
            "--sign-out" => is_sign_out = true,
            other => return unknown(other),
        }
    }
    let variable = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let Some(client_id) = variable("ROBLOX_CLIENT_ID") else {
        return offline();
    };
    let redirect = variable("ROBLOX_REDIRECT_URI");
    let redirect = redirect.unwrap_or_else(|| "http://localhost:4306/callback".to_owned());
    let mut app = App::builder(client_id, redirect);
    if let Some(secret) = variable("ROBLOX_CLIENT_SECRET") {
        app = app.secret(secret);
    }
    let app = app.build()?;
    let file = TokenFile::new(file.unwrap_or_else(|| "roblox-session.json".into()));
    if is_sign_out {
        return sign_out(&app, &file);
    }
    let session = session(&app, &file, |flow| {
        note(&format!(
            "Open this URL in your browser:\n\n{}\n",
            flow.url()
        ));
        Ok(flow.wait(Duration::from_secs(300))?)
    })?;
    show(&session.client()?, &session.tokens())
}

/// Loads the session from the file, or signs in.
fn session(
    app: &App,
    file: &TokenFile,
    sign_in: impl FnOnce(LoopbackFlow) -> Outcome<TokenSet>,
) -> Outcome<Session> {
    if let Some(session) = Session::load(app, file.clone())? {
        match session.client()?.user_info() {
            Ok(_) => return Ok(session),
            // Used, revoked, or 90 days old.
            Err(error) if error.kind() == ErrorKind::SignInRequired => note(&error.to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    let tokens = sign_in(app.login_on_loopback(0, SCOPES)?)?;
    let session = Session::new(app, tokens, file.clone());
    session.save()?;
    Ok(session)
}

fn show(client: &Client, tokens: &TokenSet) -> Outcome {
    let user = client.user_info()?;
    let profile = client.user(user.user_id).get()?;
    let scopes: Vec<&str> = tokens.scopes().iter().map(Scope::as_str).collect();
    let name = user.display_name.unwrap_or(profile.display_name);
    section(&name, "client.user_info(), client.user(id).get()")?;
    field("user name", &profile.name)?;
    field("id", &user.user_id.to_string())?;
    field("since", &profile.create_time.date().to_string())?;
    field("about", profile.about.as_deref().unwrap_or("-"))?;
    field("profile", user.profile.as_deref().unwrap_or("-"))?;
    field("picture", user.picture.as_deref().unwrap_or("-"))?;
    field("granted", &scopes.join(", "))?;
    Ok(())
}

fn sign_out(app: &App, file: &TokenFile) -> Outcome {
    if let Some(session) = Session::load(app, file.clone())? {
        session.sign_out()?;
        file.remove()?;
        note("signed out");
    } else {
        note("no user is signed in");
    }
    Ok(())
}

/// Does the same with a sandbox instead of the service, and a few lines of code instead of a browser.
fn offline() -> Outcome {
    title("Sign in with Roblox", "offline, with a sandbox")?;
    let sandbox = Sandbox::start()?;
    // The sandbox accepts any loopback port; the live service accepts the registered one.
    let app = SandboxApp::new("example-app", "http://localhost/callback");
    let app = sandbox.add_app(app).build()?;
    let name = format!("rblx-open-cloud-login-{}.json", std::process::id());
    let file = TokenFile::new(std::env::temp_dir().join(name));
    let outcome = both_ways(&app, &file);
    file.remove()?;
    outcome
}

fn both_ways(app: &App, file: &TokenFile) -> Outcome {
    let first = session(app, file, |flow| {
        say("")?;
        say("A user opens the URL, consents, and is redirected back:")?;
        let url = flow.url();
        let browser = thread::spawn(move || browse(&url));
        let tokens = flow.wait(Duration::from_secs(30))?;
        let page = browser
            .join()
            .map_err(|_| Failure::Other("no browser".to_owned()))??;
        say(&format!("the browser shows: {page}"))?;
        Ok(tokens)
    })?;
    show(&first.client()?, &first.tokens())?;
    // Another run of the program loads the file and needs no browser.
    let again = session(app, file, |_| {
        Err(Failure::Other("the session was not saved".to_owned()))
    })?;
    section("Another run", "Session::load(&app, file)")?;
    let user = again.client()?.user_info()?;
    say(&format!("still {}", user.user_name.unwrap_or_default()))?;
    sign_out(app, file)
}

/// Acts as a browser: follows redirects and returns the text of the last page.
fn browse(url: &str) -> io::Result<String> {
    let mut url = url.to_owned();
    for _ in 0..5 {
        let rest = url.trim_start_matches("http://");
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1"))?;
        write!(
            stream,
            "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
        )?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        let location = response
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        let Some(location) = location else {
            let text = response.split("<p>").nth(1);
            let text = text.and_then(|text| text.split("</p>").next());
            return Ok(text.unwrap_or_default().to_owned());
        };
        location.clone_into(&mut url);
    }
    Err(io::Error::other("too many redirects"))
}
