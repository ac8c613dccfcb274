//! The hosts that requests go to: those of the service, or a base URL instead.

use std::borrow::Cow;
use std::net::IpAddr;

use super::tls::has_tls;
use super::transport::uri::Uri;
use crate::endpoint::Host;
use crate::error::{Error, Result};

const API: &str = "https://apis.roblox.com";
const THUMBNAILS: &str = "https://thumbnails.roblox.com";

/// The closed list of origins that the credential is sent to.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    pub(crate) api: BaseUrl,
    thumbnails: BaseUrl,
}

impl Hosts {
    /// Returns the hosts of the live service.
    pub(crate) fn live() -> Result<Self> {
        Ok(Self {
            api: BaseUrl::parse(API)?,
            thumbnails: BaseUrl::parse(THUMBNAILS)?,
        })
    }

    /// Sends every call to one base URL.
    pub(crate) fn from_base_url(url: &str) -> Result<Self> {
        let api = BaseUrl::parse(url)?;
        Ok(Self {
            thumbnails: api.clone(),
            api,
        })
    }

    /// Returns the base URL of a host.
    pub(crate) fn host(&self, host: Host) -> &BaseUrl {
        match host {
            Host::Api => &self.api,
            Host::Thumbnails => &self.thumbnails,
        }
    }
}

/// An origin with a path prefix.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    /// Scheme, authority and path prefix, without a slash at the end.
    base: String,
    /// Whether it is on this machine: plain http is allowed, and no proxy is used.
    pub(crate) is_loopback: bool,
    /// Whether the host is an IP address, so that no name has to be resolved.
    pub(crate) is_address: bool,
}

impl BaseUrl {
    /// # Errors
    /// `InvalidInput` if the key would be sent in the clear, or the text is not a base URL.
    fn parse(base: &str) -> Result<Self> {
        let invalid = |why: &str| Error::invalid_input(format!("the base URL is rejected: {why}"));
        if base.is_empty() {
            return Err(invalid("it is empty"));
        }
        if base.contains(char::is_whitespace) {
            return Err(invalid("it contains a space or a line break"));
        }
        let uri: Uri = base
            .parse()
            .map_err(|_| invalid("it is not a URL such as https://example.com"))?;
        let origin = Self::from_uri(&uri).map_err(invalid)?;
        if uri.query().is_some() || base.contains('#') {
            return Err(invalid("it has a query or a fragment"));
        }
        Ok(Self {
            base: format!("{}{}", origin.base, uri.path().trim_end_matches('/')),
            ..origin
        })
    }

    /// Returns the origin of a URL, without its path, or the reason why it is rejected.
    pub(super) fn from_uri(uri: &Uri) -> Result<Self, &'static str> {
        let scheme = uri.scheme_str().unwrap_or_default();
        let authority = uri.authority().ok_or("it has no host")?;
        let host = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']');
        if authority.as_str().contains('@') {
            return Err("it has a user name or a password");
        }
        if authority.as_str() != authority.host() && authority.port_u16().is_none() {
            return Err("its port is not valid");
        }
        let address: Option<IpAddr> = host.parse().ok();
        let is_loopback = address.map_or_else(
            || host.eq_ignore_ascii_case("localhost"),
            |address| address.is_loopback(),
        );
        match scheme {
            "https" if has_tls() => {}
            "https" => {
                return Err(
                    "it is https, and this build has no TLS; enable the feature `rustls` of rblx-open-cloud",
                );
            }
            "http" if is_loopback => {}
            "http" => {
                return Err(
                    "plain http is for loopback only, since others could read the key; use https",
                );
            }
            _ => return Err("it begins with neither https:// nor http://"),
        }
        Ok(Self {
            base: format!("{scheme}://{authority}"),
            is_loopback,
            is_address: address.is_some(),
        })
    }

    /// Returns the base URL, without a slash at the end.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Returns the URL of an encoded path and query.
    pub(crate) fn url(&self, target: &str) -> String {
        let mut url = String::with_capacity(self.base.len().saturating_add(target.len()));
        url.push_str(&self.base);
        url.push_str(target);
        url
    }
}

/// Returns a URL without user name, password, query and fragment, for texts. In a text that is not a URL, everything up
/// to the last `@` is removed.
pub(crate) fn without_secrets(url: &str) -> Cow<'_, str> {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let redacted = match (url.rsplit_once('@'), scheme) {
        (Some((_, host)), "") => Cow::Owned(format!("[redacted]@{host}")),
        (Some((_, host)), _) if rest.contains('@') => {
            Cow::Owned(format!("{scheme}://[redacted]@{host}"))
        }
        (Some(_), _) => Cow::Borrowed("[redacted]"),
        (None, _) => Cow::Borrowed(url),
    };
    match redacted.find(['?', '#']) {
        Some(end) => Cow::Owned(format!(
            "{}?[redacted]",
            redacted.get(..end).unwrap_or_default()
        )),
        None => redacted,
    }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, Hosts};
    use crate::endpoint::Host;
    use crate::http::tls::has_tls;

    #[test]
    fn the_key_goes_to_two_hosts_of_the_service_or_to_one_place_alone() {
        let live = Hosts::live();
        assert_eq!(live.is_ok(), has_tls());
        if let Ok(live) = live {
            assert_eq!(live.host(Host::Api).base(), "https://apis.roblox.com");
            let url = live
                .host(Host::Thumbnails)
                .url("/v1/users/avatar-3d?userId=1");
            assert_eq!(
                url,
                "https://thumbnails.roblox.com/v1/users/avatar-3d?userId=1"
            );
            assert!(!live.host(Host::Thumbnails).is_loopback);
        }
        let moved = Hosts::from_base_url("http://127.0.0.1:4306/prefix");
        assert!(moved.is_ok_and(|moved| {
            let bases =
                [Host::Api, Host::Thumbnails].map(|host| moved.host(host).base().to_owned());
            bases
                == [
                    "http://127.0.0.1:4306/prefix",
                    "http://127.0.0.1:4306/prefix",
                ]
        }));
    }

    #[test]
    fn keys_travel_in_the_clear_to_this_machine_only() {
        for base in [
            "http://127.0.0.1:4306",
            "http://localhost:1",
            "http://[::1]:2/prefix/",
            "http://127.9.9.9",
        ] {
            assert!(
                BaseUrl::parse(base).is_ok_and(|origin| origin.is_loopback),
                "{base}"
            );
        }
        for base in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@example.com",
            "http://localhost.example.com",
            "http://0.0.0.0:80",
            "http://2130706433.example",
            "ftp://127.0.0.1",
            "127.0.0.1:4306",
            "/path",
            "",
            "http://",
            "http://127.0.0.1/?a=b",
            "http://127.0.0.1/#a",
            "http://127.0.0.1:99999999",
            "http://user@127.0.0.1",
        ] {
            assert!(BaseUrl::parse(base).is_err(), "{base}");
        }
    }

    #[test]
    fn a_base_url_may_carry_a_path() {
        let origin = BaseUrl::parse("http://127.0.0.1:4306/open/cloud/")
            .map(|origin| origin.url("/cloud/v2/users/1"));
        assert_eq!(
            origin.ok().as_deref(),
            Some("http://127.0.0.1:4306/open/cloud/cloud/v2/users/1")
        );
    }

    #[test]
    fn texts_show_no_secrets_of_a_url() {
        for (url, shown) in [
            ("http://127.0.0.1:1/a", "http://127.0.0.1:1/a"),
            (
                "http://u:pw@127.0.0.1:1/a",
                "http://[redacted]@127.0.0.1:1/a",
            ),
            ("http://u:p/w@host/a", "http://[redacted]@host/a"),
            ("http://u:p?w@host/a", "http://[redacted]@host/a"),
            ("http://u:p@w@host", "http://[redacted]@host"),
            ("http:/u:pw@host", "[redacted]@host"),
            ("u:pw@host:1", "[redacted]@host:1"),
            ("u:pw@http://host", "[redacted]"),
            ("https://host/a?key=pw", "https://host/a?[redacted]"),
            ("https://host#pw", "https://host?[redacted]"),
            ("", ""),
        ] {
            assert_eq!(super::without_secrets(url), shown, "{url}");
        }
    }
}
