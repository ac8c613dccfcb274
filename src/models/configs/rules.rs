//! Conditional rules: conditions under which a key has another value.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::models::serde_helpers::{is_none, json_text, null_to_default};

/// The conditional rules of a config repository, and the order in which they are evaluated.
///
/// ```
/// use rblx_open_cloud::models::{ConditionalRule, ConditionalRules, RuleToken};
///
/// // Postfix notation: country, "DE", equal.
/// let german = ConditionalRule::new([
///     RuleToken::attribute("country"),
///     RuleToken::text("DE"),
///     RuleToken::operator("=="),
/// ]);
/// let rules = ConditionalRules::new().rule("german", german).without("old").order(["german"]);
/// assert_eq!(rules.rules.len(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "conditional rules")]
#[non_exhaustive]
pub struct ConditionalRules {
    /// Rules by their ids. `None` removes a rule.
    #[serde(
        default,
        deserialize_with = "null_to_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub rules: BTreeMap<String, Option<ConditionalRule>>,
    /// Ids of the rules in the order of evaluation.
    #[serde(default, skip_serializing_if = "is_none")]
    pub rules_order: Option<Vec<String>>,
}

impl ConditionalRules {
    /// Creates a set without rules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule, or replaces it.
    #[must_use]
    pub fn rule(mut self, id: impl Into<String>, rule: ConditionalRule) -> Self {
        self.rules.insert(id.into(), Some(rule));
        self
    }

    /// Removes a rule from what is published.
    #[must_use]
    pub fn without(mut self, id: impl Into<String>) -> Self {
        self.rules.insert(id.into(), None);
        self
    }

    /// Sets the ids of all rules in the order of evaluation.
    #[must_use]
    pub fn order(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.rules_order = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Whether it contains neither rules nor an order.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.rules_order.as_ref().is_none_or(Vec::is_empty)
    }
}

/// A condition in postfix notation: operands first, then the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a conditional rule")]
#[non_exhaustive]
pub struct ConditionalRule {
    /// Tokens in their order.
    #[serde(default, deserialize_with = "null_to_default")]
    pub tokens: Vec<RuleToken>,
}

impl ConditionalRule {
    /// Creates a rule from its tokens.
    #[must_use]
    pub fn new(tokens: impl IntoIterator<Item = RuleToken>) -> Self {
        Self {
            tokens: tokens.into_iter().collect(),
        }
    }
}

/// A token of a rule: an operator, or an operand.
///
/// The service writes all literals as texts; they are kept unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a token of a rule")]
#[non_exhaustive]
pub struct RuleToken {
    /// Operator, in the spelling of the service.
    #[serde(default, skip_serializing_if = "is_none")]
    pub operator: Option<String>,
    /// Operand.
    #[serde(default, skip_serializing_if = "is_none")]
    pub operand: Option<RuleOperand>,
}

impl RuleToken {
    /// Creates an operator, in the spelling of the service.
    #[must_use]
    pub fn operator(operator: impl Into<String>) -> Self {
        Self {
            operator: Some(operator.into()),
            operand: None,
        }
    }

    /// Creates an operand that stands for an attribute of the player or the server.
    #[must_use]
    pub fn attribute(name: impl Into<String>) -> Self {
        Self::operand(RuleOperand {
            attribute_reference: Some(name.into()),
            literal_value: None,
        })
    }

    /// Creates a Boolean value.
    #[must_use]
    pub fn boolean(value: bool) -> Self {
        Self::literal(RuleLiteral {
            boolean_value: Some(value.to_string()),
            ..RuleLiteral::default()
        })
    }

    /// Creates a whole number.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self::literal(RuleLiteral {
            integer_value: Some(value.to_string()),
            ..RuleLiteral::default()
        })
    }

    /// Creates a number with a fraction.
    #[must_use]
    pub fn double(value: f64) -> Self {
        Self::literal(RuleLiteral {
            double_value: Some(value.to_string()),
            ..RuleLiteral::default()
        })
    }

    /// Creates a text.
    #[must_use]
    pub fn text(value: impl Into<String>) -> Self {
        Self::literal(RuleLiteral {
            string_value: Some(value.into()),
            ..RuleLiteral::default()
        })
    }

    fn literal(literal: RuleLiteral) -> Self {
        Self::operand(RuleOperand {
            attribute_reference: None,
            literal_value: Some(literal),
        })
    }

    fn operand(operand: RuleOperand) -> Self {
        Self {
            operator: None,
            operand: Some(operand),
        }
    }
}

/// An operand of a rule: an attribute or a literal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an operand of a rule")]
#[non_exhaustive]
pub struct RuleOperand {
    /// Name of an attribute of the player or the server.
    #[serde(default, skip_serializing_if = "is_none")]
    pub attribute_reference: Option<String>,
    /// Literal.
    #[serde(default, skip_serializing_if = "is_none")]
    pub literal_value: Option<RuleLiteral>,
}

/// A literal of a rule: one of the values, as a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a literal of a rule")]
#[non_exhaustive]
pub struct RuleLiteral {
    /// `true` or `false`.
    #[serde(default, deserialize_with = "literal", skip_serializing_if = "is_none")]
    pub boolean_value: Option<String>,
    /// Whole number in digits.
    #[serde(default, deserialize_with = "literal", skip_serializing_if = "is_none")]
    pub integer_value: Option<String>,
    /// Number with a fraction.
    #[serde(default, deserialize_with = "literal", skip_serializing_if = "is_none")]
    pub double_value: Option<String>,
    /// Text.
    #[serde(default, deserialize_with = "literal", skip_serializing_if = "is_none")]
    pub string_value: Option<String>,
}

/// Reads a literal that comes as a text, and may come as a value.
fn literal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Value::deserialize(deserializer).map(json_text)
}
