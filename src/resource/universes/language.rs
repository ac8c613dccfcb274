//! Translates texts, and generates speech.

use super::Universe;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::models::{Speech, SpeechAsset, Translated, Translation};
use crate::operation::Operation;

const TRANSLATE: Endpoint = Endpoint::post("/cloud/v2/universes/{universe_id}:translateText")
    .scopes(&["universe:write"])
    .idempotent();
const GENERATE_SPEECH: Endpoint =
    Endpoint::post("/cloud/v2/universes/{universe_id}:generateSpeechAsset")
        .scopes(&["asset:read", "asset:write", "universe:write"])
        .error_fields_are_data();

pub(super) const ENDPOINTS: &[&Endpoint] = &[&TRANSLATE, &GENERATE_SPEECH];

impl Universe {
    /// Translates a text into one or more languages.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use rblx_open_cloud::models::Translation;
    ///
    /// let translated = client.universe(13_058).translate(Translation::new("Hello", ["fr-fr", "ja-jp"]))?;
    /// for (language, text) in &translated.translations {
    ///     println!("{language}: {text}");
    /// }
    /// # assert_eq!(translated.translations.len(), 2);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `BadRequest` if the service does not know a language.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/generative-ai#Cloud_TranslateText) ·
    /// scope `universe:write` · API key only · 10,000 requests per minute · beta
    pub fn translate(&self, translation: Translation) -> Result<Translated> {
        self.call(&TRANSLATE).json(&translation.body()).send()
    }

    /// Generates speech from a text, as an audio asset.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// use std::time::Duration;
    /// use rblx_open_cloud::models::Speech;
    ///
    /// let mut operation = client.universe(13_058).generate_speech(Speech::new("Welcome!").voice("1"))?;
    /// let speech = operation.wait(Duration::from_secs(60))?;
    /// println!("rbxassetid://{}", speech.asset_id);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidInput` if pitch or speed is not a finite number (before anything is sent), `ModeratedText` if the text is
    /// moderated.
    ///
    /// [Reference](https://create.roblox.com/docs/cloud/reference/features/assets#Cloud_GenerateSpeechAsset) ·
    /// scopes `asset:read`, `asset:write`, `universe:write` · 4 requests per second · beta
    pub fn generate_speech(&self, speech: Speech) -> Result<Operation<SpeechAsset>> {
        self.call(&GENERATE_SPEECH)
            .json(&speech.body()?)
            .operation()
    }
}
