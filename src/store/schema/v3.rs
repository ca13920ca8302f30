//! How a show sounds where that is not as for all (NULL: as for all): speed in hundredths, how much
//! pauses are shortened (0 not at all – 3 strongly), switches (0, 1), seconds.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
ALTER TABLE shows ADD COLUMN speed INTEGER;
ALTER TABLE shows ADD COLUMN trim INTEGER;
ALTER TABLE shows ADD COLUMN loudness INTEGER;
ALTER TABLE shows ADD COLUMN voice_boost INTEGER;
ALTER TABLE shows ADD COLUMN skip_intro INTEGER;
ALTER TABLE shows ADD COLUMN skip_outro INTEGER;
";
