//! Guides to the tasks of the crate. Their snippets are compiled, and run as tests.
//!
//! In the snippets `client` is `Client::from_env()?`, in a `fn main() -> Result<(), Box<dyn std::error::Error>>`. Some
//! use `serde` and `serde_json`, which your program needs as dependencies. Examples that a guide names are
//! [in the package](quick_start#the-examples).
//!
//! The same pages, without the lines that only the tests need, are in `docs/guide/` of the repository and the package.
//!
//! **Start**
//!
//! * [Quick start](quick_start): one program that reads, uploads and changes; where the examples are
//! * [Cookbook](cookbook): thirty tasks in ten lines each
//! * [Authentication](authentication): API keys, OAuth2, environment variables; [scopes] of every method
//! * [Lists](lists): pages, limits, resuming, filters
//! * [Errors](errors): what they say, what is repeated, time limits; an index of all kinds
//! * [Testing offline](testing_offline): the sandbox, also as a [program for any language](sandbox_program)
//!
//! **Tasks**
//!
//! * [Groups](groups), [bans](moderation), [publishing a place](publishing), [Luau](luau) in CI
//! * [Player data](player_data) in data stores; [queues, maps and leaderboards](queues_and_maps)
//! * [Products, passes and badges](selling), their names in several languages and [localization] of texts
//! * [Secrets](secrets), [webhooks], [configs] that servers read while they run
//! * [Metrics](analytics), [events]; ads, the creator store and Team Create are explained
//!   at their [handles](crate::resource)
//! * [Asset pipeline](asset_pipeline): a folder of files; [uploads] in detail; [downloads]
//! * [Build scripts and embedded tools](build_scripts), [several machines](scaling)
//! * [Calls without a method](raw_access)
//!
//! **Coming from**
//!
//! * [The Python client rblx-open-cloud](from_rblx_open_cloud), [rbxcloud](from_rbxcloud)

macro_rules! guides {
    ($($name:ident $file:literal)*) => { $(
        // The first definition of a link wins: these lead to the module, those at the end of a page to the file.
        #[doc = include_str!("links.md")]
        #[doc = include_str!($file)]
        pub mod $name {}
    )* };
}

guides! {
    analytics "analytics.md"
    asset_pipeline "asset-pipeline.md"
    authentication "authentication.md"
    build_scripts "build-scripts.md"
    configs "configs.md"
    cookbook "cookbook.md"
    downloads "downloads.md"
    errors "errors.md"
    events "events.md"
    from_rblx_open_cloud "from-rblx-open-cloud.md"
    from_rbxcloud "from-rbxcloud.md"
    groups "groups.md"
    lists "lists.md"
    localization "localization.md"
    luau "luau.md"
    moderation "moderation.md"
    player_data "player-data.md"
    publishing "publishing.md"
    queues_and_maps "queues-and-maps.md"
    quick_start "quick-start.md"
    raw_access "raw-access.md"
    sandbox_program "sandbox-program.md"
    scaling "scaling.md"
    scopes "scopes.md"
    secrets "secrets.md"
    selling "selling.md"
    testing_offline "testing-offline.md"
    uploads "uploads.md"
    webhooks "webhooks.md"
}
