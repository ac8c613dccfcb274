//! Changes of instances.

use serde::Serialize;
use serde_json::{Map, Value};

use super::RunContext;
use crate::error::{Error, Result};
use crate::models::InstanceId;
use crate::models::change::Fields;
use crate::models::open_enum::validated_value;

/// Maximum length of a source, in bytes.
const MAX_SOURCE_BYTES: usize = 200_000;
const NAME: &str = "engineInstance.Name";

/// A change of a folder or a script. The class must be that of the instance.
///
/// A script that is open in Roblox Studio, or part of a package, cannot be changed.
///
/// ```
/// use rblx_open_cloud::models::InstanceUpdate;
///
/// let update = InstanceUpdate::module_script().source("return {}");
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct InstanceUpdate {
    class: &'static str,
    fields: Fields,
}

impl InstanceUpdate {
    /// Creates a change of a `Script` that sets nothing yet.
    pub fn script() -> Self {
        Self::new("Script")
    }

    /// Creates a change of a `LocalScript` that sets nothing yet.
    pub fn local_script() -> Self {
        Self::new("LocalScript")
    }

    /// Creates a change of a `ModuleScript` that sets nothing yet. Besides its name, only the source can be set.
    pub fn module_script() -> Self {
        Self::new("ModuleScript")
    }

    /// Creates a change of a `Folder` that sets nothing yet. Only its name can be set.
    pub fn folder() -> Self {
        Self::new("Folder")
    }

    fn new(class: &'static str) -> Self {
        Self {
            class,
            fields: Fields::new(&[NAME]),
        }
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.fields.set(NAME, name.into());
        self
    }

    /// Sets the source, in up to 200,000 bytes.
    pub fn source(self, source: impl Into<String>) -> Self {
        self.set("Source", validated_source(source.into()))
    }

    /// Sets whether the script runs.
    pub fn enabled(self, enabled: bool) -> Self {
        self.set("Enabled", Ok(enabled))
    }

    /// Sets where the script runs.
    pub fn run_context(self, context: RunContext) -> Self {
        self.set("RunContext", validated_value(context))
    }

    fn path(&self, property: &str) -> String {
        format!("engineInstance.Details.{}.{property}", self.class)
    }

    /// Sets a property, or rejects it if the class does not have it or the value is invalid.
    fn set(mut self, property: &str, value: Result<impl Serialize>) -> Self {
        let has_it = match self.class {
            "Folder" => false,
            "ModuleScript" => property == "Source",
            _ => true,
        };
        let value = if has_it {
            value
        } else {
            let why = format!("a {} has no {property}", self.class);
            Err(Error::invalid_input(why))
        };
        self.fields.set_checked(self.path(property), value);
        self
    }

    /// Returns the value of `updateMask`, and the body, which names the instance.
    pub(crate) fn request(&self, id: &InstanceId) -> Result<(String, Map<String, Value>)> {
        let fields = self.fields.validated("the update of an instance")?;
        let mut body = fields.body();
        if let Some(Value::Object(instance)) = body.get_mut("engineInstance") {
            instance.insert("Id".to_owned(), id.as_str().into());
        }
        Ok((fields.mask(), body))
    }
}

fn validated_source(source: String) -> Result<String> {
    let length = source.len();
    if length > MAX_SOURCE_BYTES {
        return Err(Error::invalid_input(format!(
            "the source has {length} bytes; the maximum is {MAX_SOURCE_BYTES}"
        )));
    }
    Ok(source)
}
