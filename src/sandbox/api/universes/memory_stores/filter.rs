//! Filters of sorted maps: bounds of ids and sort keys.

use std::cmp::Ordering;

use crate::sandbox::state::universe::memory_store::Number;
use crate::sandbox::state::universe::memory_store::sorted_map::{Item, SortKey};

/// Conditions that must all hold, such as `id > "a" && sortKey < 5`.
#[derive(Debug, Default)]
pub(super) struct Filter(Vec<Condition>);

#[derive(Debug)]
struct Condition {
    is_id: bool,
    order: Ordering,
    bound: SortKey,
}

impl Filter {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut conditions = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (condition, after) = Condition::parse(rest)?;
            conditions.push(condition);
            rest = match after.trim_start() {
                "" => "",
                more => {
                    Some(more.strip_prefix("&&")?.trim_start()).filter(|next| !next.is_empty())?
                }
            };
        }
        Some(Self(conditions))
    }

    pub(super) fn accepts(&self, id: &str, item: &Item) -> bool {
        self.0.iter().all(|condition| condition.accepts(id, item))
    }
}

impl Condition {
    /// Parses one condition, and returns it with the text after it.
    fn parse(text: &str) -> Option<(Self, &str)> {
        let id = text.strip_prefix("id").map(|rest| (true, rest));
        let (is_id, rest) = id.or_else(|| Some((false, text.strip_prefix("sortKey")?)))?;
        let rest = rest.trim_start();
        let above = rest.strip_prefix('>').map(|rest| (Ordering::Greater, rest));
        let (order, rest) = above.or_else(|| Some((Ordering::Less, rest.strip_prefix('<')?)))?;
        let (bound, rest) = literal(rest.trim_start())?;
        let is_text = matches!(bound, SortKey::Text(_));
        let condition = Self {
            is_id,
            order,
            bound,
        };
        (is_text || !is_id).then_some((condition, rest))
    }

    /// Keys of another kind are neither above nor below.
    fn accepts(&self, id: &str, item: &Item) -> bool {
        let order = match (&self.bound, &item.sort_key) {
            (SortKey::Text(bound), _) if self.is_id => id.cmp(bound),
            (SortKey::Text(bound), SortKey::Text(key)) => key.cmp(bound),
            (SortKey::Number(bound), SortKey::Number(key)) => key.cmp(bound),
            _ => return false,
        };
        order == self.order
    }
}

/// Parses a number, or a text in double quotes, and returns the text after it.
fn literal(text: &str) -> Option<(SortKey, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([' ', '&']).unwrap_or(text.len());
        let (number, rest) = text.split_at_checked(end)?;
        let number: f64 = number
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())?;
        return Some((SortKey::Number(Number::new(number)), rest));
    };
    let mut value = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((SortKey::Text(value), quoted.get(at + 1..)?)),
            '\\' => value.push(match letters.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                other => other,
            }),
            letter => value.push(letter),
        }
    }
    None
}
