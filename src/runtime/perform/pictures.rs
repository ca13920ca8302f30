//! Pictures of texts: fetched and decoded a few at a time, called off where nobody is near any more.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui_image::picker::Picker;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::Performer;
use super::network::page_that_links;
use crate::app::{Event, LinkedFrom, Picture, Ticket};
use crate::runtime::picture_cells::cells_of;
use crate::runtime::pictures::{AT_ONCE, blocking, picture};
use crate::runtime::{Services, Trouble};
use crate::sandbox::{PictureLimits, decode_picture};
use crate::text::picture_pixels;

/// How pictures are made for the terminal of this session.
pub(crate) struct PictureDesk {
    /// How it shows them; `None` if it is not to show any.
    pub(crate) picker: Option<Picker>,
    /// What lies under a transparent picture: red, green, blue.
    ground: (u8, u8, u8),
    /// Pictures that are worked on.
    seats: Arc<Semaphore>,
    under_way: HashMap<Ticket, AbortHandle>,
    /// The number of the next image in the terminal.
    next: u32,
}

/// What is asked for.
struct Order {
    src: String,
    from: LinkedFrom,
    fit: (u16, u16),
    cell: (u16, u16),
}

impl PictureDesk {
    pub(crate) fn new(picker: Option<Picker>, ground: (u8, u8, u8)) -> Self {
        let seats = Arc::new(Semaphore::new(AT_ONCE));
        // Other programs in the same terminal have other numbers.
        let next = std::process::id().wrapping_mul(4096) | 1;
        Self { picker, ground, seats, under_way: HashMap::new(), next }
    }
}

impl Performer {
    pub(super) fn load_picture(
        &mut self,
        ticket: Ticket,
        src: String,
        from: LinkedFrom,
        fit: (u16, u16),
        cell: (u16, u16),
    ) {
        let order = Order { src, from, fit, cell };
        let Some(picker) = self.pictures.picker.clone() else { return };
        let (seats, ground) = (Arc::clone(&self.pictures.seats), self.pictures.ground);
        let id = self.pictures.next;
        self.pictures.next = id.wrapping_add(1).max(1);
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        let work = self.services.handle.spawn(async move {
            let Ok(_seat) = seats.acquire_owned().await else { return };
            let came = load(&services, order, &picker, ground, id).await;
            if let Err(why) = &came {
                tracing::info!("a picture: {why}");
            }
            let came = came.map_err(|why| why.to_string());
            Self::tell(&inbox, Event::Picture(ticket, Box::new(came)));
        });
        self.pictures.under_way.retain(|_, work| !work.is_finished());
        self.pictures.under_way.insert(ticket, work.abort_handle());
    }

    pub(super) fn cancel_pictures(&mut self, tickets: &[Ticket]) {
        for ticket in tickets {
            if let Some(work) = self.pictures.under_way.remove(ticket) {
                work.abort();
            }
        }
    }
}

async fn load(
    services: &Services,
    order: Order,
    picker: &Picker,
    ground: (u8, u8, u8),
    id: u32,
) -> Result<Picture, Trouble> {
    let from = page_that_links(services, order.from).await?;
    let bytes = picture(services, &order.src, from.as_deref()).await?;
    let fit = picture_pixels(order.fit, order.cell);
    let (program, picker) = (services.program.clone(), picker.clone());
    let src = order.src;
    blocking(move || {
        let raster = decode_picture(&program, bytes, fit, PictureLimits::default())
            .map_err(|why| Trouble::new(format!("{src}: {why}")))?;
        cells_of(src, raster, &picker, ground, id)
    })
    .await?
}
