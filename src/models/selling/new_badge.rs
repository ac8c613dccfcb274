//! New badges.

use super::form::{FormParts, validated_icon};
use crate::asset_file::AssetFile;
use crate::error::{Error, Result};
use crate::models::change::Fields;

/// A badge to create.
///
/// **Creating a badge can cost Robux**, so a new badge names the payer and the expected cost: the service rejects the badge if
/// the actual cost is different, higher or lower.
///
/// ```
/// use rblx_open_cloud::models::{NewBadge, Payer};
///
/// let free = NewBadge::new("Welcome", Payer::User, 0).description("You have joined!");
/// let paid = NewBadge::new("Winner", Payer::Group, 100).active(false);
/// ```
#[derive(Debug)]
#[must_use]
pub struct NewBadge {
    fields: Fields,
    icon: Option<AssetFile>,
}

/// The payer of a new badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payer {
    /// The user who makes the call.
    User,
    /// The group that owns the universe.
    Group,
}

impl Payer {
    /// Returns the number that the service uses.
    const fn number(self) -> u8 {
        match self {
            Self::User => 1,
            Self::Group => 2,
        }
    }
}

impl NewBadge {
    /// Creates a badge with a name, its payer, and its expected cost in Robux.
    pub fn new(name: impl Into<String>, payer: Payer, expected_cost: u64) -> Self {
        let mut fields = Fields::new(&[
            "name",
            "description",
            "isActive",
            "expectedCost",
            "paymentSourceType",
        ]);
        fields.set("name", name.into());
        fields.set("expectedCost", expected_cost);
        fields.set("paymentSourceType", payer.number());
        Self { fields, icon: None }
    }

    /// Sets the description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.fields.set("description", description.into());
        self
    }

    /// Sets whether players can earn it. The service decides unless it is set.
    pub fn active(mut self, yes: bool) -> Self {
        self.fields.set("isActive", yes);
        self
    }

    /// Sets the icon: a png, jpg, bmp or tga file. By default the service may use its own icon.
    pub fn icon(mut self, file: AssetFile) -> Self {
        self.icon = Some(file);
        self
    }

    pub(crate) fn into_parts(self) -> Result<FormParts> {
        let fields = self.fields.valid()?;
        if fields.body().get("name").is_some_and(|name| name == "") {
            return Err(Error::invalid_input("the name of a new badge is empty"));
        }
        Ok(FormParts {
            texts: fields.texts().collect(),
            icon: self.icon.map(validated_icon).transpose()?,
        })
    }
}
