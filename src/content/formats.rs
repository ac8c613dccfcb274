//! The table of file formats, and how to recognize each by its first bytes.

use super::signatures::{
    Xml, has_brand, has_form, has_id3_tag, is_bitmap, is_heif, is_html, is_iso_media, is_m4a,
    is_mesh, is_picture_of, is_tiff, is_wave, starts_json_object, xml_model,
};
use Family::{Model, Other, Picture, Sound, Video};

/// The start of every binary model and every binary place.
const ROBLOX_BINARY: &[u8] = b"<roblox!\x89\xFF\r\n\x1A\n";

/// The formats of places. Their content looks like that of models.
pub(super) const BINARY_PLACE: Format =
    with_signature("a binary Roblox place", Model, &["rbxl"], ROBLOX_BINARY);
pub(super) const XML_PLACE: Format = without_signature("an XML Roblox place", Model, &["rbxlx"])
    .possible_if(|start| xml_model(start) != Xml::Other);

/// The formats that can be uploaded, and those that are often mistaken for one of them.
pub(super) const FORMATS: &[Format] = &[
    with_signature("a PNG picture", Picture, &["png"], b"\x89PNG\r\n\x1a\n"),
    with_signature("a JPEG picture", Picture, &["jpg", "jpeg"], b"\xFF\xD8\xFF"),
    with_signature("a BMP picture", Picture, &["bmp"], b"BM").proven_if(is_bitmap),
    without_signature("a TGA picture", Picture, &["tga"]),
    with_signature("a GIF picture", Picture, &["gif"], b"GIF8"),
    with_signature("a Photoshop picture", Picture, &["psd"], b"8BPS"),
    without_signature("a WebP picture", Picture, &["webp"])
        .proven_if(|start| has_form(start, b"WEBP")),
    without_signature("a TIFF picture", Picture, &["tif", "tiff"]).proven_if(is_tiff),
    without_signature("an AVIF picture", Picture, &["avif"])
        .proven_if(|start| is_picture_of(start, b"avif", &[b"avis"])),
    without_signature("a HEIC picture", Picture, &["heic"])
        .proven_if(|start| is_picture_of(start, b"heic", &[b"heix", b"heim", b"heis", b"hevc"])),
    without_signature("a HEIF picture", Picture, &["heif"]).proven_if(is_heif),
    without_signature("a camera's raw picture", Picture, &["cr3"])
        .proven_if(|start| has_brand(start, &[b"crx "])),
    without_signature("an SVG picture", Picture, &["svg"]),
    //
    without_signature("an MP3 sound", Sound, &["mp3"]),
    with_signature("an Ogg file", Sound, &["ogg", "oga", "opus"], b"OggS")
        .possible_if(|start| start.starts_with(b"OggS") || has_id3_tag(start)),
    without_signature("a WAV sound", Sound, &["wav"])
        .possible_if(|start| is_wave(start) || has_id3_tag(start))
        .proven_if(is_wave),
    with_signature("a FLAC sound", Sound, &["flac"], b"fLaC")
        .possible_if(|start| start.starts_with(b"fLaC") || has_id3_tag(start)),
    without_signature("an AIFF sound", Sound, &["aif", "aiff"])
        .proven_if(|start| start.starts_with(b"FORM") && has_form(start, b"AIF")),
    with_signature("a MIDI file", Sound, &["mid", "midi"], b"MThd"),
    without_signature("an AAC sound", Sound, &["aac"]),
    with_signature(
        "a Windows Media file",
        Sound,
        &["wma", "wmv"],
        b"\x30\x26\xB2\x75\x8E\x66\xCF\x11",
    ),
    //
    without_signature("an FBX model", Model, &["fbx"])
        .proven_if(|start| start.starts_with(b"Kaydara FBX Binary")),
    with_signature("a binary glTF model", Model, &["glb"], b"glTF"),
    without_signature("a glTF model", Model, &["gltf"]).possible_if(starts_json_object),
    with_signature("a binary Roblox model", Model, &["rbxm"], ROBLOX_BINARY),
    without_signature("an XML Roblox model", Model, &["rbxmx"])
        .possible_if(|start| xml_model(start) != Xml::Other)
        .proven_if(|start| xml_model(start) == Xml::Model),
    without_signature("a Roblox mesh", Model, &["mesh"])
        .possible_if(is_mesh)
        .proven_if(is_mesh),
    with_signature("a Blender file", Model, &["blend"], b"BLENDER"),
    without_signature("an OBJ model", Model, &["obj"]),
    //
    without_signature("an MP4 or MOV video", Video, &["mp4", "mov", "m4v"])
        .proven_if(|start| is_iso_media(start) && !is_m4a(start)),
    without_signature("an M4A sound", Sound, &["m4a", "m4b", "mp4", "mov"]).proven_if(is_m4a),
    with_signature(
        "a WebM or Matroska video",
        Video,
        &["webm", "mkv"],
        b"\x1A\x45\xDF\xA3",
    ),
    without_signature("an AVI video", Video, &["avi"]).proven_if(|start| has_form(start, b"AVI ")),
    //
    with_signature(
        "a ZIP archive",
        Other("unpack it first"),
        &["zip"],
        b"PK\x03\x04",
    ),
    with_signature(
        "a gzip archive",
        Other("unpack it first"),
        &["gz"],
        b"\x1F\x8B\x08",
    ),
    with_signature(
        "a PDF document",
        Other("export it in another format"),
        &["pdf"],
        b"%PDF-",
    ),
    without_signature(
        "an HTML page",
        Other("it may be the error page of a failed download"),
        &["html"],
    )
    .proven_if(is_html),
];

/// A file format.
pub(super) struct Format {
    /// The name with its article.
    pub(super) name: &'static str,
    pub(super) family: Family,
    pub(super) extensions: &'static [&'static str],
    /// The first bytes of every file; empty if they vary.
    pub(super) magic: &'static [u8],
    possible: Test,
    proven: Test,
}

/// The use of a format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Picture,
    Sound,
    Model,
    Video,
    /// A format that cannot be uploaded, with advice.
    Other(&'static str),
}

/// A test of the first bytes of a file.
#[derive(Clone, Copy)]
enum Test {
    Magic,
    Passes,
    Fails,
    With(fn(&[u8]) -> bool),
}

/// Creates a format that is recognized by these first bytes.
const fn with_signature(
    name: &'static str,
    family: Family,
    extensions: &'static [&'static str],
    magic: &'static [u8],
) -> Format {
    Format {
        magic,
        possible: Test::Magic,
        proven: Test::Magic,
        ..without_signature(name, family, extensions)
    }
}

/// Creates a format that has no fixed first bytes.
const fn without_signature(
    name: &'static str,
    family: Family,
    extensions: &'static [&'static str],
) -> Format {
    Format {
        name,
        family,
        extensions,
        magic: b"",
        possible: Test::Passes,
        proven: Test::Fails,
    }
}

impl Format {
    /// Sets a test that every file of the format passes.
    const fn possible_if(mut self, test: fn(&[u8]) -> bool) -> Self {
        self.possible = Test::With(test);
        self
    }

    /// Sets a test that only files of the format pass.
    const fn proven_if(mut self, test: fn(&[u8]) -> bool) -> Self {
        self.proven = Test::With(test);
        self
    }

    /// Whether a file with this start can be of this format.
    pub(super) fn is_possible(&self, start: &[u8]) -> bool {
        self.passes(self.possible, start)
    }

    /// Whether a file with this start is certainly of this format.
    pub(super) fn is_proven(&self, start: &[u8]) -> bool {
        self.passes(self.proven, start)
    }

    fn passes(&self, test: Test, start: &[u8]) -> bool {
        match test {
            Test::Magic => start.starts_with(self.magic),
            Test::Passes => true,
            Test::Fails => false,
            Test::With(test) => test(start),
        }
    }

    pub(super) fn has_extension(&self, extension: &str) -> bool {
        let mut known = self.extensions.iter();
        known.any(|known| known.eq_ignore_ascii_case(extension))
    }
}

/// Returns the format of an extension.
pub(super) fn format_of_extension(extension: &str) -> Option<&'static Format> {
    FORMATS
        .iter()
        .find(|format| format.has_extension(extension))
}

/// Returns the format that the first bytes of a file prove.
pub(super) fn format_of_content(start: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.is_proven(start))
}
