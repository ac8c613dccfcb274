//! Instances of a place's data model.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The id of the root of a data model.
const ROOT: &str = "root";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) name: String,
    /// The class, if it is one whose properties are accessible.
    pub(crate) class: Option<String>,
    pub(crate) properties: Map<String, Value>,
}

/// The instances of a place, parents before children.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Instances(pub(crate) Vec<Instance>);

impl Instances {
    /// Finds an instance by its id; `root` is the first one.
    pub(crate) fn find(&self, id: &str) -> Option<&Instance> {
        match id {
            ROOT => self.0.first(),
            id => self.0.iter().find(|instance| instance.id == id),
        }
    }

    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut Instance> {
        self.0.iter_mut().find(|instance| instance.id == id)
    }

    pub(crate) fn children(&self, id: &str) -> impl Iterator<Item = &Instance> {
        let instances = self.0.iter();
        instances.filter(move |instance| instance.parent.as_deref() == Some(id))
    }

    pub(crate) fn to_json(&self, instance: &Instance, (universe, place): (u64, u64)) -> Value {
        let id = &instance.id;
        let details = match &instance.class {
            Some(class) => json!({ class: instance.properties }),
            None => json!({}),
        };
        json!({
            "path": format!("universes/{universe}/places/{place}/instances/{id}"),
            "hasChildren": self.children(id).next().is_some(),
            "engineInstance": {
                "Id": id,
                "Parent": instance.parent.as_deref().unwrap_or_default(),
                "Name": instance.name,
                "Details": details,
            },
        })
    }
}
