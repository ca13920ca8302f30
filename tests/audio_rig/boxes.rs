//! MP4 files rewritten box by box. Their tables must stand behind the sound.

#![allow(dead_code, reason = "each test file uses its part of the rig")]
#![allow(clippy::unwrap_used, reason = "a rig that fails fails its test")]

const PARENTS: [&[u8; 4]; 6] = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"];

/// The boxes in these bytes: kind and body.
fn boxes(mut bytes: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut found = Vec::new();
    while bytes.len() >= 8 {
        let size = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
        found.push((bytes[4..8].try_into().unwrap(), &bytes[8..size]));
        bytes = &bytes[size..];
    }
    found
}

fn boxed(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), &kind[..], body].concat()
}

/// Every box that is no parent goes through `change`.
fn rewritten<F: Fn([u8; 4], &[u8]) -> Vec<u8>>(bytes: &[u8], change: &F) -> Vec<u8> {
    let one = |(kind, body): ([u8; 4], &[u8])| {
        if PARENTS.contains(&&kind) {
            boxed(kind, &rewritten(body, change))
        } else {
            change(kind, body)
        }
    };
    boxes(bytes).into_iter().flat_map(one).collect()
}

/// Whether a box of this kind is somewhere in the file.
pub(crate) fn leaf(bytes: &[u8], wanted: [u8; 4]) -> bool {
    bytes.windows(4).any(|four| four == wanted)
}

/// The sound in a box with a size of 64 bits, its places in a table of 64 bits.
pub(crate) fn widened(file: &[u8]) -> Vec<u8> {
    rewritten(file, &|kind, body| match &kind {
        b"mdat" => {
            let size = (body.len() as u64 + 16).to_be_bytes();
            [&1_u32.to_be_bytes(), &kind[..], &size, body].concat()
        }
        b"stco" => {
            let places = body[8..].chunks_exact(4).flat_map(|place| {
                let place = u32::from_be_bytes(place.try_into().unwrap());
                // The larger head of the sound moves it.
                (u64::from(place) + 8).to_be_bytes()
            });
            boxed(*b"co64", &[&body[..8], &places.collect::<Vec<u8>>()].concat())
        }
        _ => boxed(kind, body),
    })
}

/// The edit list replaced: durations in ms and media times.
pub(crate) fn edit_lists(file: &[u8], entries: &[(u32, i32)]) -> Vec<u8> {
    let list: Vec<u8> = entries
        .iter()
        .flat_map(|(length, time)| {
            [length.to_be_bytes(), time.to_be_bytes(), [0, 1, 0, 0]].concat()
        })
        .collect();
    rewritten(file, &|kind, body| {
        if &kind == b"elst" {
            let count = (entries.len() as u32).to_be_bytes();
            return boxed(kind, &[&[0; 4], &count[..], &list].concat());
        }
        boxed(kind, body)
    })
}
