//! Root certificates that replace the built-in ones.

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::error::{Error, Result};

/// Returns the TLS settings with the given root certificates, or those of this build.
pub(super) fn tls_config(pem: Option<&[u8]>) -> Result<TlsConfig> {
    let roots = match pem {
        Some(pem) => parse(pem)?.into(),
        None if cfg!(feature = "platform-verifier") => RootCerts::PlatformVerifier,
        None => RootCerts::WebPki,
    };
    Ok(TlsConfig::builder().root_certs(roots).build())
}

/// # Errors
/// `InvalidInput` if there is no certificate, or an invalid one. The error contains no part of the input, which may be a
/// private key.
fn parse(pem: &[u8]) -> Result<Vec<Certificate<'static>>> {
    let rejected =
        |why: &str| Error::invalid_input(format!("the root certificates are rejected: {why}"));
    let (mut certificates, mut has_key) = (Vec::new(), false);
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(PemItem::PrivateKey(_)) => has_key = true,
            Ok(_) => {}
            Err(_) => {
                return Err(rejected(&format!(
                    "after {} certificates there is PEM text that is damaged",
                    certificates.len()
                )));
            }
        }
    }
    let damaged = |certificate: &Certificate<'_>| !is_certificate(certificate.der());
    if let Some(index) = certificates.iter().position(damaged) {
        let number = index.saturating_add(1);
        return Err(rejected(&format!("certificate {number} is damaged")));
    }
    if !certificates.is_empty() {
        return Ok(certificates);
    }
    Err(rejected(if has_key {
        "there is a private key, but no certificate"
    } else if is_certificate(pem) {
        "it is a certificate in DER; convert it to PEM, the form with `-----BEGIN CERTIFICATE-----`"
    } else {
        "there is no PEM text with `-----BEGIN CERTIFICATE-----`"
    }))
}

/// Whether these bytes have the structure of an X.509 certificate. TLS would silently skip others.
fn is_certificate(der: &[u8]) -> bool {
    const SEQUENCE: u8 = 0x30;
    let has_structure = || {
        let (certificate, rest) = content(der, SEQUENCE)?;
        let (signed, after) = content(certificate, SEQUENCE)?;
        let (_, after) = content(after, SEQUENCE)?; // algorithm
        let (_, after) = content(after, 0x03)?; // signature
        // The version, which the oldest certificates do not have.
        let fields = content(signed, 0xA0).map_or(signed, |(_, fields)| fields);
        let (_, mut fields) = content(fields, 0x02)?; // serial number
        // Algorithm, issuer, validity, subject, public key.
        for _ in 0..5 {
            fields = content(fields, SEQUENCE)?.1;
        }
        Some(rest.is_empty() && after.is_empty())
    };
    has_structure() == Some(true)
}

/// Returns the content of a DER element with this tag, and the bytes after it.
fn content(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let rest = der.strip_prefix(&[tag])?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x0F))?;
            let value = bytes
                .iter()
                .fold(0, |value, byte| (value << 8) | u64::from(*byte));
            (usize::try_from(value).ok()?, rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}
