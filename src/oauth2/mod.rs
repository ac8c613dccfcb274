//! Signs users in with Roblox: OAuth2 with PKCE, ID tokens, and sessions that keep tokens fresh.
//!
//! ```
//! # use rblx_open_cloud::sandbox::{Sandbox, SandboxApp};
//! use rblx_open_cloud::oauth2::{App, Scope};
//!
//! # let sandbox = Sandbox::start()?;
//! # sandbox.add_app(SandboxApp::new("816547628409595165403873012", "https://example.com/callback"));
//! let app = App::builder("816547628409595165403873012", "https://example.com/callback")
//! #   .base_url(sandbox.url())
//!     .build()?;
//!
//! // 1. The user opens a URL …
//! let flow = app.sign_in([Scope::OpenId, Scope::Profile])?;
//! let url = flow.url();
//!
//! // 2. … and is redirected to the redirect URI, with a code.
//! # let redirect = sandbox.consent(&url)?;
//! let tokens = flow.finish(&redirect)?;
//! println!("hello {:?}", tokens.user());
//! # assert_eq!(tokens.user().and_then(|user| user.user_name.as_deref()), Some("builderman"));
//! # Ok::<(), rblx_open_cloud::Error>(())
//! ```

mod app;
mod app_builder;
mod authorization_flow;
mod crypto;
mod discovery;
mod endpoints;
mod id_token;
mod introspection;
mod lifetime;
mod loopback;
mod oauth_error;
mod resources;
mod secret;
mod session;
mod signing_keys;
mod token;
mod user_info;
mod wait;

pub use app::App;
pub use app_builder::AppBuilder;
pub use authorization_flow::{AuthorizationFlow, Prompt};
pub use discovery::Discovery;
pub use introspection::Introspection;
pub use loopback::LoopbackFlow;
pub use resources::{TokenCreator, TokenOwner, TokenResources};
pub use secret::{IdToken, RefreshToken};
pub use session::{Session, TokenFile, TokenStore};
pub use token::TokenSet;
pub use user_info::UserInfo;

pub use crate::models::Scope;
