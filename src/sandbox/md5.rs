//! MD5, which the service uses as the checksum of entries (RFC 1321). It protects nothing.

/// The shifts of each round, repeated four times.
const SHIFTS: [[u32; 4]; 4] = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
];
/// `floor(2^32 * abs(sin(i + 1)))`.
#[rustfmt::skip]
const SINES: [u32; 64] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee,
    0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be,
    0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa,
    0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed,
    0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c,
    0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05,
    0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039,
    0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1,
    0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
];
const START: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// Returns the MD5 checksum of bytes.
pub(crate) fn md5(bytes: &[u8]) -> [u8; 16] {
    let (blocks, rest) = bytes.as_chunks::<64>();
    let mut state = START;
    for block in blocks {
        state = mix(state, block);
    }
    let mut tail = rest.to_vec();
    tail.push(0x80);
    let length = if tail.len() <= 56 { 56 } else { 120 };
    tail.resize(length, 0);
    tail.extend((bytes.len() as u64).wrapping_mul(8).to_le_bytes());
    for block in tail.as_chunks::<64>().0 {
        state = mix(state, block);
    }
    let mut sum = [0; 16];
    for (four, word) in sum.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *four = word.to_le_bytes();
    }
    sum
}

fn mix(state: [u32; 4], block: &[u8; 64]) -> [u32; 4] {
    let mut words = [0; 16];
    for (word, four) in words.iter_mut().zip(block.as_chunks::<4>().0) {
        *word = u32::from_le_bytes(*four);
    }
    let [mut a, mut b, mut c, mut d] = state;
    for (step, sine) in SINES.into_iter().enumerate() {
        let (value, word) = match step / 16 {
            0 => (b & c | !b & d, step),
            1 => (d & b | !d & c, 5 * step + 1),
            2 => (b ^ c ^ d, 3 * step + 5),
            _ => (c ^ (b | !d), 7 * step),
        };
        let word = words.get(word % 16).copied().unwrap_or_default();
        let shifts = SHIFTS.get(step / 16).copied().unwrap_or_default();
        let shift = shifts.get(step % 4).copied().unwrap_or_default();
        let sum = a.wrapping_add(value).wrapping_add(sine).wrapping_add(word);
        (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(shift)));
    }
    let mixed = [a, b, c, d];
    let mut sums = state;
    for (sum, word) in sums.iter_mut().zip(mixed) {
        *sum = sum.wrapping_add(word);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::md5;

    #[test]
    fn sums_of_the_rfc() {
        let hex = |text: &str| format!("{:032x}", u128::from_be_bytes(md5(text.as_bytes())));
        assert_eq!(hex(""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
        let digits = "1234567890".repeat(8);
        assert_eq!(hex(&digits), "57edf4a22be3c955ac49da2e2107b67a");
        for (length, sum) in (54..).zip(EXPECTED) {
            assert_eq!(hex(&"a".repeat(length)), sum, "{length}");
        }
    }

    const EXPECTED: [&str; 12] = [
        "eced9e0b81ef2bba605cbc5e2e76a1d0",
        "ef1772b6dff9a122358552954ad0df65",
        "3b0c8ac703f828b04c6c197006d17218",
        "652b906d60af96844ebd21b674f35e93",
        "dc2f2f2462a0d72358b2f99389458606",
        "762fc2665994b217c52c3c2eb7d9f406",
        "cc7ed669cf88f201c3297c6a91e1d18d",
        "cced11f7bbbffea2f718903216643648",
        "24612f0ce2c9d2cf2b022ef1e027a54f",
        "b06521f39153d618550606be297466d5",
        "014842d480b571495a4a0363793f7367",
        "c743a45e0d2e6a95cb859adae0248435",
    ];
}
