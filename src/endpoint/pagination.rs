//! Lists: the parameters that request a page, and the shape of a page.

use super::Endpoint;

/// The parameters that request a page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageStyle {
    /// Size and token in the query under these names.
    Query {
        size: &'static str,
        token: &'static str,
    },
    /// Only a token, in the query under this name; the service decides the size.
    #[cfg_attr(
        not(feature = "localization"),
        allow(dead_code, reason = "tables have such a list")
    )]
    Token(&'static str),
    /// `maxPageSize` and `pageToken` in the JSON of the request.
    Body,
    /// `limit` and `cursor` in the query; only these sizes are accepted.
    Sizes(&'static [u32]),
    /// `limit` and `page` in the query, counted from 1; the response holds `totalCount`.
    Numbered,
    /// Size and the number of items to skip in the query under these names; the response may hold `total`.
    #[cfg_attr(
        not(feature = "configs"),
        allow(dead_code, reason = "only configs and experiments have such lists")
    )]
    Offset {
        size: &'static str,
        skip: &'static str,
    },
}

impl PageStyle {
    /// `maxPageSize` and `pageToken`, as cloud/v2 has them.
    pub(crate) const TOKENS: Self = Self::Query {
        size: "maxPageSize",
        token: "pageToken",
    };
}

/// The shape of the pages of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pagination {
    /// The field that holds the items.
    pub(crate) key: &'static str,
    /// Other fields that may hold them.
    pub(crate) other_keys: &'static [&'static str],
    /// The fields that may hold the token of the next page.
    pub(crate) tokens: &'static [&'static str],
    /// A field that is `false` on the last page.
    pub(crate) has_more: Option<&'static str>,
    /// Fields that are `true` if the service could not read all items of a page.
    pub(crate) partial_flags: &'static [&'static str],
    /// The maximum page size that the service accepts.
    pub(crate) max_page_size: u32,
    /// The page size if the caller sets none.
    pub(crate) default_page_size: u32,
    /// A page may be a bare array, without a token.
    pub(crate) may_be_bare: bool,
    /// Each element holds items in one of these fields, instead of being one.
    pub(crate) chunk_keys: &'static [&'static str],
    /// A page is the result of an operation.
    pub(crate) is_operation: bool,
    /// A page may be one item, or hold one where the list is expected.
    pub(crate) may_be_one: bool,
    pub(crate) page_style: PageStyle,
}

impl Pagination {
    pub(crate) const fn new(key: &'static str, max_page_size: u32) -> Self {
        Self {
            key,
            other_keys: &[],
            tokens: &["nextPageToken", "nextPageCursor"],
            has_more: None,
            partial_flags: &[],
            max_page_size,
            default_page_size: max_page_size,
            may_be_bare: false,
            chunk_keys: &[],
            is_operation: false,
            may_be_one: false,
            page_style: PageStyle::TOKENS,
        }
    }

    /// Returns the name if this field says that the page lacks items.
    pub(crate) fn partial_flag(&self, name: &str) -> Option<&'static str> {
        let mut flags = self.partial_flags.iter().copied();
        flags.find(|flag| *flag == name)
    }

    /// Returns the field that holds the total number of items, in lists that may have one.
    pub(crate) fn total_key(&self) -> Option<&'static str> {
        match self.page_style {
            PageStyle::Numbered => Some("totalCount"),
            PageStyle::Offset { .. } => Some("total"),
            PageStyle::Query { .. }
            | PageStyle::Token(_)
            | PageStyle::Body
            | PageStyle::Sizes(_) => None,
        }
    }

    /// Whether a field holds the items.
    pub(crate) fn is_key(&self, name: &str) -> bool {
        name == self.key || self.other_keys.contains(&name)
    }
}

impl Endpoint {
    /// Makes it a list with the items in the field `key`, at most `max_page_size` on a page.
    pub(crate) const fn paginated(mut self, key: &'static str, max_page_size: u32) -> Self {
        self.pagination = Some(Pagination::new(key, max_page_size));
        self
    }

    /// Sets the parameters that request a page, if they are not `maxPageSize` and `pageToken`.
    pub(crate) const fn page_style(mut self, page_style: PageStyle) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.page_style = page_style;
        }
        self
    }

    /// Sets the query parameters of page size and page token.
    pub(crate) const fn page_query(self, size: &'static str, token: &'static str) -> Self {
        self.page_style(PageStyle::Query { size, token })
    }

    /// Sets the fields that may hold the token of the next page.
    pub(crate) const fn next_tokens(mut self, names: &'static [&'static str]) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.tokens = names;
        }
        self
    }

    /// Sets the field that is `false` on the last page.
    pub(crate) const fn has_more(mut self, name: &'static str) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.has_more = Some(name);
        }
        self
    }

    /// Sets the fields that are `true` if the service could not read all items of a page.
    pub(crate) const fn partial_flags(mut self, names: &'static [&'static str]) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.partial_flags = names;
        }
        self
    }

    /// Sets the page size where the service documents no maximum.
    pub(crate) const fn default_page_size(mut self, size: u32) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.default_page_size = size;
        }
        self
    }

    /// Sets other fields that may hold the items.
    pub(crate) const fn or_keys(mut self, names: &'static [&'static str]) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.other_keys = names;
        }
        self
    }

    /// Makes each element a chunk with items in the first of these fields that is not empty.
    pub(crate) const fn in_chunks(mut self, keys: &'static [&'static str]) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.chunk_keys = keys;
        }
        self
    }

    /// Makes each page the result of an operation.
    pub(crate) const fn pages_are_operations(mut self) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.is_operation = true;
        }
        self
    }

    /// Accepts pages that are one item, or hold one where the list is expected.
    pub(crate) const fn or_one_item(mut self) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.may_be_one = true;
        }
        self
    }

    /// Accepts pages that are a bare array.
    pub(crate) const fn or_bare_list(mut self) -> Self {
        if let Some(pagination) = &mut self.pagination {
            pagination.may_be_bare = true;
        }
        self
    }
}
