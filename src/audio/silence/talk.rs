//! How much of pauses goes and how much of words stays, measured on made-up speech in which it is
//! known what is what, in rooms of different noise.

use super::*;

const RATE: u32 = 16_000;

struct Dice(u32);

impl Dice {
    fn roll(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.roll()
    }
}

/// What is said, and for every 10 ms whether it belongs to a word (its stops included).
struct Talk {
    sound: Vec<f32>,
    words: Vec<bool>,
    dice: Dice,
}

impl Talk {
    /// Adds a sound of that length and level; voiced ones swell and fade away.
    fn sound(&mut self, ms: usize, decibels: f32, voiced: bool) {
        let frames = ms * RATE as usize / 1000;
        let level = 10_f32.powf(decibels / 20.0);
        for n in 0..frames {
            let part = n as f32 / frames as f32;
            let swell = if voiced { (part * std::f32::consts::PI).sin().sqrt() } else { 1.0 };
            let noise = self.dice.between(-1.7, 1.7);
            let tone = (n as f32 * 130.0 * std::f32::consts::TAU / RATE as f32).sin() * 1.4;
            self.sound.push(if voiced { tone } else { noise } * swell * level);
        }
    }

    /// Before the first stop of a sentence there is nothing to be heard.
    fn syllable(&mut self, first: bool) {
        let dice = &mut self.dice;
        let (stop, soft) = (dice.roll() < 0.3, dice.between(-44.0, -28.0));
        let stop = stop && !first;
        let (consonant, vowel) = (dice.between(40.0, 110.0), dice.between(90.0, 220.0));
        let level = dice.between(-26.0, -18.0);
        if stop {
            self.sound(consonant as usize / 10 * 10, -120.0, false);
            self.sound(20, level - 12.0, false);
        } else {
            self.sound(consonant as usize / 10 * 10, soft, false);
        }
        self.sound(vowel as usize / 10 * 10, level, true);
    }

    /// Sentences with pauses between them, in a room of that noise.
    fn new(floor: f32) -> Self {
        let mut talk = Self { sound: Vec::new(), words: Vec::new(), dice: Dice(11) };
        let pauses = [300, 700, 120, 1_500, 220, 450, 3_000, 180, 900, 350, 600, 260];
        for pause in pauses.repeat(2) {
            for place in 0..4 + (talk.dice.roll() * 8.0) as usize {
                talk.syllable(place == 0);
            }
            talk.words.resize(talk.sound.len() / 160, true);
            talk.sound(pause, -120.0, false);
            talk.words.resize(talk.sound.len() / 160, false);
        }
        let level = 10_f32.powf(floor / 20.0);
        for sample in &mut talk.sound {
            *sample += talk.dice.between(-1.7, 1.7) * level;
        }
        talk
    }

    /// The parts of pauses and of words that are left out, in percent.
    fn left_out(&self, trim: Trim) -> (f64, f64) {
        let mut trimmer = Trimmer::new(RATE, trim, Rc::default());
        let mut out = Vec::new();
        let step = 1e9 / f64::from(RATE);
        for (index, part) in self.sound.chunks(1_000).enumerate() {
            let both = part.iter().flat_map(|&sample| [sample, sample]).collect();
            trimmer.feed(Chunk::new(both, (index as f64 * 1_000.0 * step) as i64, step), &mut out);
        }
        trimmer.finish(&mut out);
        let mut heard = vec![false; self.words.len() + 1];
        for chunk in out {
            let first = (chunk.time as f64 / 1e7).round() as usize;
            heard[first..first + chunk.frames() / 160].fill(true);
        }
        let share = |word: bool| {
            let all = self.words.iter().zip(&heard).filter(|(is, _)| **is == word);
            let (count, gone) =
                all.fold((0, 0), |(count, gone), (_, heard)| (count + 1, gone + i32::from(!heard)));
            f64::from(gone) * 100.0 / f64::from(count)
        };
        (share(false), share(true))
    }
}

#[test]
fn pauses_go_and_words_stay() {
    println!("floor    strength  of pauses gone  of words gone");
    for floor in [-75.0, -60.0, -50.0, -45.0] {
        let talk = Talk::new(floor);
        for (trim, least) in [(Trim::Gentle, 55.0), (Trim::Medium, 68.0), (Trim::Strong, 82.0)] {
            let (pauses, words) = talk.left_out(trim);
            println!("{floor} dB   {trim:?}   {pauses:.1} %   {words:.2} %");
            assert!(pauses > least, "{floor} dB, {trim:?}: {pauses:.1} % of pauses");
            // In the loudest room the softest consonants are nearly as loud as the room.
            let most = if floor > -46.0 { 0.3 } else { 0.05 };
            assert!(words < most, "{floor} dB, {trim:?}: {words:.2} % of words");
        }
    }
}
