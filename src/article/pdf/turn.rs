//! Pages that lie on their side are set upright; what is written across the others, such as a stamp
//! at the edge, is left out.

use super::content::Letter;

/// The letters of the direction in which most of the page is written, what nobody should see and
/// running heads that the file itself marks left out; and the height of the page that way.
pub(super) fn upright(letters: Vec<Letter>, (width, height): (f64, f64)) -> (Vec<Letter>, f64) {
    let mut turns = [0_usize; 4];
    for letter in letters.iter().filter(|letter| letter.letter != ' ') {
        if let Some(count) = turns.get_mut(usize::from(letter.turn)) {
            *count += 1;
        }
    }
    let most = (0..4_u8).max_by_key(|turn| {
        // Upright, where it is a draw.
        (turns.get(usize::from(*turn)).copied().unwrap_or(0), *turn == 0)
    });
    let turn = most.unwrap_or(0);
    let (wide, high) = if turn % 2 == 0 { (width, height) } else { (height, width) };
    // The corner of the page, as it is turned.
    let (x, y) = match turn {
        0 => (0.0, 0.0),
        1 => (0.0, -width),
        2 => (-width, -height),
        _ => (-height, 0.0),
    };
    let mut kept: Vec<Letter> = letters.into_iter().filter(|letter| letter.turn == turn).collect();
    let shown = kept.iter().filter(|letter| !letter.hidden).count();
    let some_shown = shown * 4 > kept.len();
    let beside = kept.iter().filter(|letter| letter.beside).count();
    let some_beside = beside * 3 < kept.len();
    kept.retain(|letter| !(some_shown && letter.hidden || some_beside && letter.beside));
    for letter in &mut kept {
        letter.left -= x;
        letter.right -= x;
        letter.base -= y;
    }
    // Off the page nobody sees it.
    let on_page = |letter: &Letter| {
        letter.right > -2.0
            && letter.left < wide + 2.0
            && letter.base > -2.0
            && letter.base < high + letter.size
    };
    kept.retain(on_page);
    (kept, high)
}
