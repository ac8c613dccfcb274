//! Files to publish as a place.

use std::path::{Path, PathBuf};

use crate::asset_file::AssetFile;
use crate::content::place_content_type;
use crate::error::Result;

/// The content of a place: the path of an `rbxl` or `rbxlx` file, or an [`AssetFile`].
///
/// ```
/// use rblx_open_cloud::AssetFile;
/// use rblx_open_cloud::models::PlaceFile;
///
/// let path = PlaceFile::from("game.rbxl");
/// let built = PlaceFile::from(AssetFile::bytes("game.rbxlx", b"<roblox version=\"4\"></roblox>".to_vec()));
/// ```
#[derive(Debug)]
pub struct PlaceFile(Source);

#[derive(Debug)]
enum Source {
    Path(PathBuf),
    File(AssetFile),
}

impl PlaceFile {
    /// Opens the file and returns it with its content type, which follows from the first bytes.
    pub(crate) fn open(self) -> Result<(AssetFile, String)> {
        let mut file = match self.0 {
            Source::Path(path) => AssetFile::open(path)?,
            Source::File(file) => file,
        };
        let content_type = place_content_type(&mut file)?;
        Ok((file, content_type.to_owned()))
    }
}

impl From<AssetFile> for PlaceFile {
    fn from(file: AssetFile) -> Self {
        Self(Source::File(file))
    }
}

macro_rules! from_path {
    ($($path:ty)*) => { $(
        impl From<$path> for PlaceFile {
            fn from(path: $path) -> Self {
                Self(Source::Path(path.into()))
            }
        }
    )* };
}

from_path!(&str String &String &Path PathBuf &PathBuf);
