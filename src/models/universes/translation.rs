//! Translation of texts.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::models::serde_helpers::{is_none, map_entries};

/// A text to translate. Languages are IETF codes such as `en-us` or `pt-br`, in any case.
///
/// ```
/// use rblx_open_cloud::models::Translation;
///
/// let detected = Translation::new("Hello", ["fr-fr", "ja-jp"]);
/// let given = Translation::new("Gift", ["de-de"]).source("en-us");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Translation {
    text: String,
    targets: Vec<String>,
    source: Option<String>,
}

impl Translation {
    /// Creates a translation of a text into these languages.
    pub fn new<L: AsRef<str>>(
        text: impl Into<String>,
        targets: impl IntoIterator<Item = L>,
    ) -> Self {
        let targets = targets.into_iter();
        Self {
            text: text.into(),
            targets: targets.map(|code| lower_case(code.as_ref())).collect(),
            source: None,
        }
    }

    /// Sets the language of the text. By default the service detects it.
    pub fn source(mut self, language: impl AsRef<str>) -> Self {
        self.source = Some(lower_case(language.as_ref()));
        self
    }

    pub(crate) fn body(&self) -> Map<String, Value> {
        let mut body = Map::new();
        body.insert("text".to_owned(), self.text.as_str().into());
        if let Some(source) = &self.source {
            body.insert("sourceLanguageCode".to_owned(), source.as_str().into());
        }
        body.insert(
            "targetLanguageCodes".to_owned(),
            self.targets.clone().into(),
        );
        body
    }
}

/// Returns a code in lower case, the only one that the service knows.
fn lower_case(code: &str) -> String {
    code.to_ascii_lowercase()
}

/// A text in other languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Translated {
    /// Language of the text, given or detected.
    #[serde(skip_serializing_if = "is_none")]
    pub source_language_code: Option<String>,
    /// Translations by language, in the service's order.
    #[serde(
        default,
        deserialize_with = "map_entries",
        serialize_with = "serialize_map"
    )]
    pub translations: Vec<(String, String)>,
}

impl Translated {
    /// Returns the translation into a language.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::Translation;
    ///
    /// let translated = client.universe(13_058).translate(Translation::new("Hello", ["fr-fr"]))?;
    /// println!("{}", translated.to("fr-fr").unwrap_or("not translated"));
    /// # assert_eq!(translated.to("fr-FR"), Some("[fr-fr] Hello"));
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    #[must_use]
    pub fn to(&self, language: &str) -> Option<&str> {
        let mut translations = self.translations.iter();
        let (_, text) = translations.find(|(code, _)| code.eq_ignore_ascii_case(language))?;
        Some(text)
    }
}

fn serialize_map<S: Serializer>(
    entries: &[(String, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
}
