//! Filters and orders of server lists: a small part of the service's language, over all fields of an item.

use std::cmp::Ordering;

use serde_json::Value;

/// One condition, such as `occupancy >= 3` or `status in ['crashed', 'moderated']`.
#[derive(Debug)]
struct Condition {
    field: String,
    operator: &'static str,
    values: Vec<Value>,
}

/// Conditions that must all hold.
#[derive(Debug)]
pub(super) struct Conditions(Vec<Condition>);

/// Longer operators come first.
const OPERATORS: [&str; 6] = ["<=", ">=", "==", "<", ">", " in "];

impl Conditions {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let conditions = text.split("&&").filter(|_| !text.is_empty());
        conditions
            .map(Condition::parse)
            .collect::<Option<_>>()
            .map(Self)
    }

    pub(super) fn match_item(&self, item: &Value) -> bool {
        self.0.iter().all(|condition| condition.matches(item))
    }
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let operator = OPERATORS
            .into_iter()
            .find(|operator| text.contains(operator))?;
        let (field, value) = text.split_once(operator)?;
        let values: Option<Vec<Value>> = match value.trim().strip_prefix('[') {
            Some(list) => list.strip_suffix(']')?.split(',').map(literal).collect(),
            None => Some(vec![literal(value)?]),
        };
        Some(Self {
            field: field.trim().to_owned(),
            operator,
            values: values?,
        })
    }

    fn matches(&self, item: &Value) -> bool {
        let Some(value) = item.get(&self.field) else {
            return false;
        };
        self.values.iter().any(|wanted| {
            let order = compare(value, wanted);
            match self.operator {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                ">=" => order.is_ge(),
                _ => order.is_eq(),
            }
        })
    }
}

/// Parses a number, a Boolean value, or a text in single or double quotes.
fn literal(text: &str) -> Option<Value> {
    let text = text.trim();
    let inner = text
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    match inner {
        Some(inner) => Some(Value::from(inner.replace(r"\'", "'").replace(r"\\", r"\"))),
        None => serde_json::from_str(text).ok(),
    }
}

/// Sorts items by `field`, or by `field desc`.
pub(super) fn sort(items: &mut [Value], order: &str) {
    let (field, is_descending) = match order.trim().strip_suffix(" desc") {
        Some(field) => (field.trim(), true),
        None => (order.trim(), false),
    };
    items.sort_by(|left, right| {
        let null = Value::Null;
        let value = |item: &Value| item.get(field).unwrap_or(&null).clone();
        let order = compare(&value(left), &value(right));
        if is_descending {
            order.reverse()
        } else {
            order
        }
    });
}

/// Compares numbers as numbers, also where one of them is a text of digits, and everything else as text.
fn compare(left: &Value, right: &Value) -> Ordering {
    let number = |value: &Value| {
        let digits = || value.as_str()?.parse().ok();
        value.as_f64().or_else(digits)
    };
    if let (Some(left), Some(right)) = (number(left), number(right)) {
        return left.total_cmp(&right);
    }
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    text(left).cmp(&text(right))
}
