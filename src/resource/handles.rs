//! The methods of a client that create handles.

use super::{Asset, CreatorStore, Group, Universe, User};
use crate::client::Client;
use crate::models::{AssetId, GroupId, UniverseId, UserId};

impl Client {
    /// Returns a handle for a user. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let user = client.user(156);
    /// println!("{}", user.get()?.display_name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn user(&self, id: impl Into<UserId>) -> User {
        User {
            client: self.clone(),
            id: id.into(),
        }
    }

    /// Returns a handle for a group. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let group = client.group(7);
    /// println!("{}", group.get()?.display_name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn group(&self, id: impl Into<GroupId>) -> Group {
        Group {
            client: self.clone(),
            id: id.into(),
        }
    }

    /// Returns a handle for an asset. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// let asset = client.asset(16_989_381_169);
    /// println!("{:?}", asset.get()?.display_name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn asset(&self, id: impl Into<AssetId>) -> Asset {
        Asset {
            client: self.clone(),
            id: id.into(),
        }
    }

    /// Returns a handle for the creator store. Sends no request.
    ///
    /// ```no_run
    /// # let client = rblx_open_cloud::Client::from_env()?;
    /// use rblx_open_cloud::models::{StoreAssetType, StoreSearch};
    ///
    /// let search = StoreSearch::of(StoreAssetType::Model).text("oak tree");
    /// println!("{} trees", client.creator_store().search(search).limit(20).count());
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn creator_store(&self) -> CreatorStore {
        CreatorStore {
            client: self.clone(),
        }
    }

    /// Returns a handle for a universe. Sends no request.
    ///
    /// ```
    /// # let sandbox = rblx_open_cloud::sandbox::Sandbox::start()?;
    /// # let client = sandbox.client();
    /// let universe = client.universe(13_058);
    /// println!("{:?}", universe.get()?.display_name);
    /// # Ok::<(), rblx_open_cloud::Error>(())
    /// ```
    pub fn universe(&self, id: impl Into<UniverseId>) -> Universe {
        Universe {
            client: self.clone(),
            id: id.into(),
        }
    }
}
