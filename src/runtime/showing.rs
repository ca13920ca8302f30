//! Pictures on the terminal of a session: how it shows them, and what it has been given of them.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use ratatui::style::Color;
use ratatui_image::picker::{Picker, ProtocolType};

use super::kitty;
use crate::app::State;
use crate::model::PictureMode;
use crate::term::Screen;
use crate::term::graphics::{self, Graphics, Wish};
use crate::theme::Theme;
use crate::ui::Placed;

/// How the terminal shows pictures.
pub(crate) struct Showing {
    graphics: Option<Graphics>,
    ground: (u8, u8, u8),
    /// Images that the terminal has.
    given: HashSet<u32>,
    /// Where they are put over the cells now: by the number of the image and of the place.
    places: HashMap<(u32, u32), Placed>,
}

impl Showing {
    /// Asks the terminal, as far as the settings want pictures. Nobody else may read from it meanwhile.
    pub(crate) fn ask(mode: PictureMode, theme: &Theme, _taken: &Screen) -> Self {
        let wish = match mode {
            PictureMode::Auto => Some(Wish::Best),
            PictureMode::Kitty => Some(Wish::By(ProtocolType::Kitty)),
            PictureMode::Iterm2 => Some(Wish::By(ProtocolType::Iterm2)),
            PictureMode::Sixel => Some(Wish::By(ProtocolType::Sixel)),
            PictureMode::Blocks => Some(Wish::By(ProtocolType::Halfblocks)),
            PictureMode::Off => None,
        };
        let graphics = wish.map(graphics::ask);
        let told = graphics.as_ref().and_then(|graphics| graphics.ground);
        let ground = match theme.text.bg {
            Some(Color::Rgb(red, green, blue)) => (red, green, blue),
            _ => told.unwrap_or_default(),
        };
        if let Some(graphics) = &graphics {
            tracing::info!("pictures by {:?}", graphics.picker.protocol_type());
        }
        Self { graphics, ground, given: HashSet::new(), places: HashMap::new() }
    }

    /// What was typed while the terminal was asked.
    pub(crate) fn typed(&self) -> Vec<crossterm::event::Event> {
        self.graphics.as_ref().map(|graphics| graphics.typed.clone()).unwrap_or_default()
    }

    /// How it shows them.
    pub(crate) fn picker(&self) -> Option<&Picker> {
        self.graphics.as_ref().map(|graphics| &graphics.picker)
    }

    /// Width and height of a cell, where pictures are shown.
    pub(crate) fn cell(&self) -> Option<(u16, u16)> {
        let font = self.picker()?.font_size();
        Some((font.width.max(1), font.height.max(1)))
    }

    /// What lies under a transparent picture.
    pub(crate) fn ground(&self) -> (u8, u8, u8) {
        self.ground
    }

    /// The size of a cell, if it is another than before.
    pub(crate) fn measure(&mut self) -> Option<(u16, u16)> {
        let (now, before) = (graphics::cell_of_window()?, self.cell()?);
        let graphics = self.graphics.as_mut()?;
        if now == before || graphics.picker.protocol_type() == ProtocolType::Halfblocks {
            return None;
        }
        graphics.picker = graphics::resized(&graphics.picker, now);
        Some(now)
    }

    /// The terminal has lost all that it was given.
    pub(crate) fn forgotten(&mut self) {
        self.given.clear();
        self.places.clear();
    }

    /// The screen was cleared; images stay known, but are nowhere on it.
    pub(crate) fn cleared(&mut self) {
        self.places.clear();
    }

    /// Puts images over the cells of the frame that was just drawn, and takes those away that are not
    /// seen any more. What stays where it is costs nothing.
    pub(crate) fn place(&mut self, screen: &mut Screen, placed: &[Placed]) -> io::Result<()> {
        let mut wanted = HashMap::with_capacity(placed.len());
        for place in placed {
            // The same picture may be seen twice.
            let before = wanted.keys().filter(|(id, _)| *id == place.id).count();
            wanted.insert((place.id, u32::try_from(before).unwrap_or(0) + 1), *place);
        }
        if wanted == self.places {
            return Ok(());
        }
        let mut orders = String::from("\x1b7");
        for ((id, number), _) in self.places.iter().filter(|(key, _)| !wanted.contains_key(key)) {
            orders.push_str(&kitty::take_away(*id, *number));
        }
        for ((_, number), place) in wanted.iter().filter(|(k, p)| self.places.get(k) != Some(p)) {
            orders.push_str(&kitty::put(place, *number));
        }
        orders.push_str("\x1b8");
        self.places = wanted;
        let out = screen.terminal().backend_mut();
        out.write_all(orders.as_bytes())?;
        io::Write::flush(out)
    }

    /// Gives the terminal the images that it has not got, and takes those back that are no longer
    /// wanted: before a frame is drawn, so that no frame waits for an image.
    pub(crate) fn give(&mut self, screen: &mut Screen, state: &State) -> io::Result<()> {
        let wanted: HashSet<u32> = state.pictures.images().map(|image| image.id).collect();
        if wanted == self.given {
            return Ok(());
        }
        let in_tmux = self.picker().is_some_and(Picker::tmux_detected);
        let out = screen.terminal().backend_mut();
        for id in self.given.difference(&wanted) {
            out.write_all(graphics::forget_image(*id, in_tmux).as_bytes())?;
        }
        graphics::has_images(in_tmux);
        for image in state.pictures.images() {
            if !self.given.contains(&image.id) {
                out.write_all(image.transmit.as_bytes())?;
            }
        }
        self.places.retain(|(id, _), _| wanted.contains(id));
        self.given = wanted;
        io::Write::flush(out)
    }
}
