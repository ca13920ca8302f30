//! Colours: three themes, named by what they are for, never by what they look like.

use ratatui::style::{Color, Modifier, Style};

use crate::model::ThemeName;

/// The styles of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The ground and running text.
    pub text: Style,
    /// Less important text.
    pub dim: Style,
    /// Lines and things that are only there when looked for.
    pub faint: Style,
    /// What is alive: focus, what plays.
    pub accent: Style,
    /// The bar at the bottom.
    pub bar: Style,
    /// Headings.
    pub heading: Style,
    /// Links.
    pub link: Style,
    /// Times that can be jumped to.
    pub time: Style,
    /// Code and keys.
    pub code: Style,
    /// The parts of a block of code.
    pub syntax: Syntax,
    /// Words that their author set off as with a marker.
    pub marked: Style,
    /// Quoted text.
    pub quote: Style,
    /// The selected entry of the list in focus.
    pub selected: Style,
    /// The selected entry of another list.
    pub selected_away: Style,
    /// The chosen link or time.
    pub chosen: Style,
    /// A match.
    pub found: Style,
    /// The match that is stood on.
    pub found_current: Style,
    /// A letter on a link.
    pub hint: Style,
    /// Something went wrong.
    pub bad: Style,
    /// Something lies over the panes.
    pub overlay: Style,
}

/// The colours of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syntax {
    /// What has no other.
    pub plain: Style,
    /// Comments.
    pub comment: Style,
    /// Texts.
    pub string: Style,
    /// Numbers and constants.
    pub number: Style,
    /// Words of the language.
    pub keyword: Style,
    /// Names of functions.
    pub function: Style,
    /// Names of types.
    pub class: Style,
    /// What a patch takes away.
    pub removed: Style,
    /// What a patch adds.
    pub added: Style,
}

/// The theme of that name.
#[must_use]
pub fn theme(name: ThemeName) -> Theme {
    match name {
        ThemeName::Night => from_palette(&NIGHT),
        ThemeName::Paper => from_palette(&PAPER),
        ThemeName::Terminal => terminal(),
    }
}

struct Palette {
    ground: u32,
    raised: u32,
    text: u32,
    dim: u32,
    faint: u32,
    accent: u32,
    heading: u32,
    link: u32,
    time: u32,
    code: u32,
    number: u32,
    class: u32,
    selected: u32,
    found: u32,
    bad: u32,
}

const NIGHT: Palette = Palette {
    ground: 0x001b_1a19,
    raised: 0x0025_2321,
    text: 0x00d9_d3c7,
    dim: 0x0098_9084,
    faint: 0x0055_5049,
    accent: 0x00e6_a860,
    heading: 0x00f3_e9d6,
    link: 0x0086_b5d8,
    time: 0x009c_c48a,
    code: 0x00c9_a8e0,
    number: 0x00e0_9f7a,
    class: 0x00d9_c27e,
    selected: 0x003b_342a,
    found: 0x005d_4f1e,
    bad: 0x00e8_8270,
};

const PAPER: Palette = Palette {
    ground: 0x00f7_f3ea,
    raised: 0x00ed_e6d8,
    text: 0x0035_312b,
    dim: 0x0073_6b60,
    faint: 0x00b8_afa0,
    accent: 0x00b0_561c,
    heading: 0x001d_1a16,
    link: 0x002a_669b,
    time: 0x0045_7635,
    code: 0x0077_4897,
    number: 0x00a0_4a20,
    class: 0x0086_6200,
    selected: 0x00e2_d7c0,
    found: 0x00f0_d686,
    bad: 0x00b0_392d,
};

fn from_palette(p: &Palette) -> Theme {
    let rgb = Color::from_u32;
    let on = |color: u32| Style::new().fg(rgb(color)).bg(rgb(p.ground));
    let fg = |color: u32| Style::new().fg(rgb(color));
    Theme {
        text: on(p.text),
        dim: fg(p.dim),
        faint: fg(p.faint),
        accent: fg(p.accent).add_modifier(Modifier::BOLD),
        bar: Style::new().fg(rgb(p.text)).bg(rgb(p.raised)),
        heading: fg(p.heading).add_modifier(Modifier::BOLD),
        link: fg(p.link).add_modifier(Modifier::UNDERLINED),
        time: fg(p.time),
        code: fg(p.code).bg(rgb(p.raised)),
        syntax: Syntax {
            plain: fg(p.text),
            comment: fg(p.dim).add_modifier(Modifier::ITALIC),
            string: fg(p.time),
            number: fg(p.number),
            keyword: fg(p.code),
            function: fg(p.link),
            class: fg(p.class),
            removed: fg(p.bad),
            added: fg(p.time),
        },
        marked: Style::new().bg(rgb(p.found)),
        quote: fg(p.dim),
        selected: Style::new().bg(rgb(p.selected)),
        selected_away: Style::new().bg(rgb(p.raised)),
        chosen: Style::new().fg(rgb(p.ground)).bg(rgb(p.accent)),
        found: Style::new().bg(rgb(p.found)),
        found_current: Style::new().fg(rgb(p.ground)).bg(rgb(p.accent)),
        hint: Style::new().fg(rgb(p.ground)).bg(rgb(p.accent)).add_modifier(Modifier::BOLD),
        bad: fg(p.bad),
        overlay: Style::new().fg(rgb(p.text)).bg(rgb(p.raised)),
    }
}

fn terminal() -> Theme {
    let fg = |color: Color| Style::new().fg(color);
    let turned = Style::new().add_modifier(Modifier::REVERSED);
    Theme {
        text: Style::new(),
        // The bright black of many terminals is their ground.
        dim: fg(Color::Reset).add_modifier(Modifier::DIM),
        faint: fg(Color::DarkGray),
        accent: fg(Color::Yellow).add_modifier(Modifier::BOLD),
        bar: Style::new(),
        heading: Style::new().add_modifier(Modifier::BOLD),
        link: fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
        time: fg(Color::Green),
        code: fg(Color::Magenta),
        syntax: Syntax {
            plain: Style::new(),
            comment: Style::new().add_modifier(Modifier::DIM | Modifier::ITALIC),
            string: fg(Color::Green),
            number: fg(Color::Yellow),
            keyword: fg(Color::Magenta),
            function: fg(Color::Blue),
            class: fg(Color::Cyan),
            removed: fg(Color::Red),
            added: fg(Color::Green),
        },
        marked: Style::new().fg(Color::Black).bg(Color::Yellow),
        quote: Style::new().add_modifier(Modifier::ITALIC),
        selected: turned,
        selected_away: Style::new().add_modifier(Modifier::BOLD),
        chosen: turned,
        found: Style::new().fg(Color::Black).bg(Color::Yellow),
        found_current: turned,
        hint: Style::new().fg(Color::Black).bg(Color::Yellow),
        bad: fg(Color::Red),
        overlay: Style::new(),
    }
}
