//! A picture to upload, made here: a PNG whose pixels are stored without compression.

const SIDE: u32 = 512;

/// A sun over a blue sky, 512 × 512, about 1 MiB.
pub(crate) fn picture() -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..SIDE {
        pixels.push(0); // each row begins with its filter: none
        for x in 0..SIDE {
            pixels.extend(color(x, y));
        }
    }
    let mut header = Vec::new();
    header.extend(SIDE.to_be_bytes());
    header.extend(SIDE.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]); // 8 bits for each of red, green, blue and alpha
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [
        (b"IHDR", header),
        (b"IDAT", zlib(&pixels)),
        (b"IEND", Vec::new()),
    ] {
        let length = u32::try_from(data.len()).unwrap_or_default();
        let checked = [name.as_slice(), &data].concat();
        png.extend(length.to_be_bytes());
        png.extend(&checked);
        png.extend(crc(&checked).to_be_bytes());
    }
    png
}

fn color(x: u32, y: u32) -> [u8; 4] {
    let from_center = x.abs_diff(SIDE / 2).pow(2) + y.abs_diff(SIDE / 2).pow(2);
    let shade = u8::try_from(y * 120 / SIDE).unwrap_or(120);
    if from_center < (SIDE / 4).pow(2) {
        [255, 200, 60, 255]
    } else {
        [60 + shade, 120 + shade, 255, 255]
    }
}

/// A zlib stream of stored blocks.
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = data.chunks(0xffff);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(number == last));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (low, high) = data.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65521;
        (low, (high + low) % 65521)
    });
    stream.extend(((high << 16) | low).to_be_bytes());
    stream
}

fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    })
}
