//! Random numbers that are the same in every run, so that what fails once fails again.

/// A small generator (xorshift, Marsaglia 2003); its seed is any number but 0.
pub struct Dice(pub u64);

impl Dice {
    /// 0 up to, but not including, `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or_default()
    }

    /// The same for small numbers.
    pub fn below(&mut self, sides: u16) -> u16 {
        u16::try_from(self.roll(usize::from(sides))).unwrap_or_default()
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}
