//! Classes of instances, with their properties.

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::models::RawJson;
use crate::models::serde_helpers::is_none;

/// The class of an instance, with the properties that the service gives access to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InstanceKind {
    /// A folder.
    Folder,
    /// A script that runs on the server, or where its run context says.
    #[non_exhaustive]
    Script {
        /// Whether it runs.
        enabled: Option<bool>,
        /// Run context.
        run_context: Option<RunContext>,
        /// Source.
        source: Option<String>,
    },
    /// A script that runs on the player's device.
    #[non_exhaustive]
    LocalScript {
        /// Whether it runs.
        enabled: Option<bool>,
        /// Run context.
        run_context: Option<RunContext>,
        /// Source.
        source: Option<String>,
    },
    /// A script that other scripts require.
    #[non_exhaustive]
    ModuleScript {
        /// Source.
        source: Option<String>,
    },
    /// Any other class, whose properties are not accessible, as the service describes it: usually `{}`.
    Other(RawJson),
}

open_enum! {
    /// The context that a script runs in.
    RunContext,
    /// The default of its class.
    Legacy = "Legacy",
    /// On the server.
    Server = "Server",
    /// On the player's device.
    Client = "Client",
    /// In plugins.
    Plugin = "Plugin",
}

/// The properties of a script.
#[derive(Default, Serialize, Deserialize)]
#[serde(
    rename_all = "PascalCase",
    default,
    expecting = "the properties of a script"
)]
struct Properties {
    #[serde(skip_serializing_if = "is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "is_none")]
    run_context: Option<RunContext>,
    #[serde(skip_serializing_if = "is_none")]
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", expecting = "the details of an instance")]
struct Details {
    folder: Option<serde::de::IgnoredAny>,
    script: Option<Properties>,
    local_script: Option<Properties>,
    module_script: Option<Properties>,
}

impl InstanceKind {
    /// Returns the source of a script.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        match self {
            Self::Script { source, .. }
            | Self::LocalScript { source, .. }
            | Self::ModuleScript { source, .. } => source.as_deref(),
            Self::Folder | Self::Other(_) => None,
        }
    }

    /// Reads an object with one field, which names the class.
    pub(super) fn from_details(details: Option<RawJson>) -> Self {
        let details = details.unwrap_or_else(|| serde_json::json!({}).into());
        let Ok(known) = details.parse_as::<Details>() else {
            return Self::Other(details);
        };
        match (known.script, known.local_script, known.module_script) {
            (Some(script), _, _) => Self::Script {
                enabled: script.enabled,
                run_context: script.run_context,
                source: script.source,
            },
            (_, Some(script), _) => Self::LocalScript {
                enabled: script.enabled,
                run_context: script.run_context,
                source: script.source,
            },
            (_, _, Some(script)) => Self::ModuleScript {
                source: script.source,
            },
            _ if known.folder.is_some() => Self::Folder,
            _ => Self::Other(details),
        }
    }
}

/// Reads an object with one field, which names the class.
impl<'de> Deserialize<'de> for InstanceKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let details = RawJson::deserialize(deserializer)?;
        Ok(Self::from_details(Some(details)))
    }
}

/// Writes an object with one field, which names the class.
impl Serialize for InstanceKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (class, properties) = match self {
            Self::Other(details) => return details.serialize(serializer),
            Self::Folder => ("Folder", Properties::default()),
            Self::Script {
                enabled,
                run_context,
                source,
            } => ("Script", properties(*enabled, run_context, source)),
            Self::LocalScript {
                enabled,
                run_context,
                source,
            } => ("LocalScript", properties(*enabled, run_context, source)),
            Self::ModuleScript { source } => ("ModuleScript", properties(None, &None, source)),
        };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(class, &properties)?;
        map.end()
    }
}

#[allow(clippy::ref_option, reason = "the fields of an enum's variant")]
fn properties(
    enabled: Option<bool>,
    run_context: &Option<RunContext>,
    source: &Option<String>,
) -> Properties {
    Properties {
        enabled,
        run_context: run_context.clone(),
        source: source.clone(),
    }
}
