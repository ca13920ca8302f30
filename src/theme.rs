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
    selected: u32,
    found: u32,
    bad: u32,
}

const NIGHT: Palette = Palette {
    ground: 0x1b_1a_19,
    raised: 0x25_23_21,
    text: 0xd9_d3_c7,
    dim: 0x98_90_84,
    faint: 0x55_50_49,
    accent: 0xe6_a8_60,
    heading: 0xf3_e9_d6,
    link: 0x86_b5_d8,
    time: 0x9c_c4_8a,
    code: 0xc9_a8_e0,
    selected: 0x3b_34_2a,
    found: 0x5d_4f_1e,
    bad: 0xe8_82_70,
};

const PAPER: Palette = Palette {
    ground: 0xf7_f3_ea,
    raised: 0xed_e6_d8,
    text: 0x35_31_2b,
    dim: 0x73_6b_60,
    faint: 0xb8_af_a0,
    accent: 0xb0_56_1c,
    heading: 0x1d_1a_16,
    link: 0x2a_66_9b,
    time: 0x45_76_35,
    code: 0x77_48_97,
    selected: 0xe2_d7_c0,
    found: 0xf0_d6_86,
    bad: 0xb0_39_2d,
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
        dim: fg(Color::DarkGray),
        faint: fg(Color::DarkGray),
        accent: fg(Color::Yellow).add_modifier(Modifier::BOLD),
        bar: Style::new(),
        heading: Style::new().add_modifier(Modifier::BOLD),
        link: fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
        time: fg(Color::Green),
        code: fg(Color::Magenta),
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
