use std::sync::Arc;
use crate::auth::Tokens;
#[derive(Debug, Clone)]
pub struct Session;
impl Session { pub(crate) fn tokens_of_requests(&self) -> Arc<dyn Tokens> { todo!() } }
