//! Where in a stretch of sound it is most like another piece of sound.

/// Frames of the signal the search goes through first are this far apart.
pub(super) const COARSE: usize = 4;

/// Which of the first `count` places in `field` is most like `template`: the highest
/// cross-correlation for the energy there. Where nothing tells places apart, as in silence, it is
/// the `wanted` one, so that no sound is skipped.
pub(super) fn best_match(template: &[f32], field: &[f32], count: usize, wanted: usize) -> usize {
    let len = template.len();
    let (mut best, mut at_wanted) = ((0, f32::MIN), f32::MIN);
    let mut energy: f32 = field.iter().take(len).map(|sample| sample * sample).sum();
    for place in 0..count {
        let Some(part) = field.get(place..place + len) else { break };
        let product: f32 = part.iter().zip(template).map(|(one, other)| one * other).sum();
        let score = product / (energy.max(0.0) + 1e-6).sqrt();
        if place == wanted {
            at_wanted = score;
        }
        if score > best.1 {
            best = (place, score);
        }
        let gone = field.get(place).copied().unwrap_or(0.0);
        let come = field.get(place + len).copied().unwrap_or(0.0);
        energy += come * come - gone * gone;
    }
    if best.1 <= at_wanted + 1e-5 { wanted } else { best.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_the_same_everywhere_and_a_shape_is_found() {
        assert_eq!(best_match(&[0.0; 4], &[0.0; 9], 5, 2), 2);
        let field = [0.0, 0.1, 0.0, 1.0, -1.0, 1.0, 0.0, 0.0, 0.0];
        assert_eq!(best_match(&[1.0, -1.0, 1.0], &field, 6, 0), 3);
    }
}
