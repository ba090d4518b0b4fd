//! Base64 as lenient as the parsers are with `!!binary`: what is no digit is passed over, and `=`
//! ends it.

pub(super) fn decode(text: &str) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut held = 0_u32;
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes.into()
}

/// Whether Go takes the text for base64: in groups of four, the last one filled up with `=`.
pub(super) fn is_strict(text: &str) -> bool {
    strict_part(text).len() == text.bytes().filter(|byte| !is_break(*byte)).count()
}

/// The groups of four before the first that is none, as Go decodes them before it gives up.
pub(super) fn strict_part(text: &str) -> String {
    let bytes: Vec<u8> = text.bytes().filter(|byte| !is_break(*byte)).collect();
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut part = String::new();
    for group in bytes.chunks(4) {
        let padding = group.iter().rev().take_while(|byte| **byte == b'=').count();
        let digits = &group[..group.len() - padding];
        if group.len() < 4 || padding > 2 || !digits.iter().all(|byte| is_digit(*byte)) {
            break;
        }
        part.extend(group.iter().map(|byte| char::from(*byte)));
        if padding > 0 {
            break;
        }
    }
    part
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
