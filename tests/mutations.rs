//! The laws of the parsers on inputs that were cut, flipped and spliced at random, the same ones each
//! time. Quick; the long search is in `fuzz/`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "laws/laws.rs"]
mod laws;

use laws::seeds;

/// Mutated inputs for each law, unless `LATETALK_CASES` says how many.
const CASES: usize = 3_000;

/// Longest that one small input may take here, without optimisation, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A linear congruential generator (Knuth): the same damage every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// What parsers stumble over.
const WORDS: [&[u8]; 24] = [
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\r\n",
    b"\n\n",
    b"\x1b[2J",
    "\u{202e}".as_bytes(),
    "\u{3000}".as_bytes(),
    "\u{feff}".as_bytes(),
    "：".as_bytes(),
    "00:00".as_bytes(),
    "99:99:99".as_bytes(),
    b"#t=1,2",
    b"<",
    b"]]>",
    b"-->",
    b"<![CDATA[",
    b"&#27;",
    b"---\n",
    b"> ",
    b"- ",
    b"### ",
    b"999999999999999999999",
    "一".as_bytes(),
];

fn mutated(bytes: &[u8], others: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(out.len() + 1);
        let to = (at + chance.below(24)).min(out.len());
        match chance.below(7) {
            0 => out.truncate(at),
            1 => drop(out.drain(at..to)),
            2 => drop(out.splice(
                at..to,
                WORDS.get(chance.below(WORDS.len())).copied().unwrap_or_default().to_vec(),
            )),
            3 => {
                let piece = out.get(at..to).unwrap_or_default().repeat(1 + chance.below(3));
                drop(out.splice(at..at, piece));
            }
            4 => {
                let other = others.get(chance.below(others.len())).map_or(&[][..], Vec::as_slice);
                let from = chance.below(other.len() + 1);
                let until = (from + chance.below(200)).min(other.len());
                drop(out.splice(at..at, other.get(from..until).unwrap_or_default().to_vec()));
            }
            _ => {
                let bit = 1 << chance.below(8);
                out.get_mut(at).into_iter().for_each(|byte| *byte ^= bit);
            }
        }
    }
    out
}

/// What a panic says, on one line.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
    text.replace('\n', "⏎").chars().take(1_000).collect()
}

/// Holds a law to one input; the input and what went wrong, if something did.
fn broken(law: laws::Law, input: &[u8]) -> Option<String> {
    let begun = Instant::now();
    let done = catch_unwind(AssertUnwindSafe(|| law(input)));
    let text = || String::from_utf8_lossy(input).into_owned();
    match done {
        Err(why) => Some(format!("{}\n    by {:?}", said(why.as_ref()), text())),
        Ok(()) if begun.elapsed() > PATIENCE => {
            Some(format!("{:?} takes {:?}", text(), begun.elapsed()))
        }
        Ok(()) => None,
    }
}

#[test]
fn no_damage_breaks_a_law() {
    // What a law says is told below, once.
    std::panic::set_hook(Box::new(|_| {}));
    let asked = std::env::var("LATETALK_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(CASES);
    let mut wrong = Vec::new();
    for (name, law) in laws::ALL {
        let inputs = seeds::of(name);
        assert!(!inputs.is_empty(), "{name} has no seeds");
        let mut chance = Chance(name.len() as u64);
        let begun = Instant::now();
        for input in &inputs {
            wrong.extend(broken(law, input).map(|why| format!("{name}: sound {why}")));
        }
        for case in 0..cases {
            let input = inputs.get(case % inputs.len()).map(Vec::as_slice).unwrap_or_default();
            let input = mutated(input, &inputs, &mut chance);
            wrong.extend(broken(law, &input).map(|why| format!("{name}: {why}")));
        }
        println!("{name}: {cases} cases in {:.1} s", begun.elapsed().as_secs_f64());
    }
    let _ = std::panic::take_hook();
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
#[ignore = "writes the first inputs of the fuzz targets to fuzz/corpus"]
fn the_seeds_are_written_for_the_fuzz_targets() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, _) in laws::ALL {
        let folder = root.join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (index, seed) in seeds::of(name).into_iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{index:02}")), seed).expect("a file");
        }
    }
}

#[test]
#[ignore = "holds what the fuzz targets have found, in fuzz/artifacts, to the laws of today"]
fn what_the_fuzz_targets_have_found_is_mended() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/artifacts");
    std::panic::set_hook(Box::new(|_| {}));
    let (mut cases, mut wrong) = (0, Vec::new());
    for (name, law) in laws::ALL {
        for entry in std::fs::read_dir(root.join(name)).into_iter().flatten().flatten() {
            let input = std::fs::read(entry.path()).expect("readable");
            cases += 1;
            let found = broken(law, &input);
            wrong.extend(found.map(|why| format!("{name} {:?}: {why}", entry.file_name())));
        }
    }
    let _ = std::panic::take_hook();
    println!("{cases} cases");
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}
