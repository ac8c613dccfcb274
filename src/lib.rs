//! Blocking Rust SDK for Roblox Open Cloud.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "upload")]
mod asset_file;
mod auth;
mod client;
mod error;
mod http;
pub mod models;
mod operation;
mod paging;
pub mod resource;

#[cfg(feature = "upload")]
pub use asset_file::AssetFile;
pub use auth::{AccessToken, ApiKey, Credential};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind, Result};
pub use operation::Operation;
pub use paging::{Items, Page, PageToken, Pages};
