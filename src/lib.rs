#![doc = include_str!("../README.md")]
//!
//! # Where a call goes
//!
//! ```text
//! client.user(156).list_inventory(filter)     resource   what can be done: an endpoint constant and a short method
//!         │ Request                           http       path and query encoded, sent with ureq, limits, failures
//!         ▼
//! models::InventoryItem                       models     plain data and serde
//!         ▼
//! Items<InventoryItem>, Operation<Asset>                 pages fetched on demand; something the service works on
//! ```

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
pub use http::{RateLimit, RetryPolicy};
pub use operation::Operation;
pub use paging::{Items, Page, PageToken, Pages};
