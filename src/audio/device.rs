//! An output in a thread of its own: opening and closing sound devices may take long or hang.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use cpal::traits::{DeviceTrait, HostTrait};
use cpal::{ErrorKind, HostId};
use rodio::{DeviceSinkBuilder, MixerDeviceSink};

use super::conductor::Inbox;
use super::deck::DeckOut;
use super::engine::Output;
use super::outlet::{Controls, Handoff, outlet};
use super::paced::{self, Pace};
use super::samples::Samples;

/// Frames a device asks for at once: seldom enough to cost little, often enough to obey at once.
const BUFFER: u32 = 2048;

/// An open output. Dropping it closes the output in its own thread.
pub(crate) struct Port {
    pub(crate) name: String,
    /// Hz.
    pub(crate) rate: u32,
    /// The sound system that the device belongs to.
    pub(crate) system: Option<HostId>,
    handoff: Handoff,
    broken: Arc<AtomicBool>,
    /// Closed with the port.
    nudges: Sender<()>,
}

/// What the thread of an output keeps of its port.
pub(crate) struct Far {
    /// To be set when the output is gone.
    pub(crate) broken: Arc<AtomicBool>,
    /// Something comes whenever there may be something to play; closed when the port is.
    pub(crate) nudges: Receiver<()>,
}

impl Port {
    /// A port and what its thread keeps of it.
    pub(crate) fn new(name: String, rate: u32, handoff: Handoff) -> (Self, Far) {
        let (nudges, waking) = channel();
        let broken = Arc::new(AtomicBool::new(false));
        let far = Far { broken: Arc::clone(&broken), nudges: waking };
        (Self { name, rate, system: None, handoff, broken, nudges }, far)
    }

    /// Whether the device said that it is gone.
    pub(crate) fn broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }

    /// Plays this deck next.
    pub(crate) fn give(&mut self, deck: DeckOut) {
        self.handoff.give(deck);
        self.nudge();
    }

    /// There may be something to play: an output that sleeps wakes up.
    pub(crate) fn nudge(&self) {
        // One that has ended says so by being broken.
        let _ = self.nudges.send(());
    }
}

/// A way to open an output.
pub(crate) struct Opener {
    /// Opens it in another thread, which answers with [`Inbox::Port`].
    pub(crate) open: Box<dyn Fn(Opening) + Send>,
    /// An open output costs power, so it is closed when nothing has played for a while.
    pub(crate) costly: bool,
}

/// An attempt to open an output.
pub(crate) struct Opening {
    /// Comes back with the answer.
    pub(crate) attempt: u64,
    pub(crate) controls: Arc<Controls>,
    /// Only a device of this sound system will do.
    pub(crate) only: Option<HostId>,
    pub(crate) inbox: Sender<Inbox>,
}

impl Opening {
    /// Says what came of it; whether anybody is there to hear it.
    fn answer(&self, port: Result<Port, String>) -> bool {
        self.inbox.send(Inbox::Port { attempt: self.attempt, port }).is_ok()
    }
}

/// The way to open `output`.
pub(crate) fn opener(output: Output) -> Opener {
    let costly = output == Output::Device;
    Opener { open: Box::new(move |opening| open(&output, opening)), costly }
}

fn open(output: &Output, opening: Opening) {
    let (answer, attempt) = (opening.inbox.clone(), opening.attempt);
    let output = output.clone();
    let spawned = std::thread::Builder::new().name("sound-out".into()).spawn(move || {
        let (path, factor, only_sound) = match output {
            Output::Device => return device(&opening),
            Output::Silent => (None, 1, false),
            Output::Capture(path) => (Some(path), 1, false),
            Output::CaptureFast { path, pace } => (Some(path), pace, true),
        };
        let name = path.as_ref().map_or("silent".into(), |path| path.display().to_string());
        match path.map(std::fs::File::create).transpose() {
            Ok(file) => pace(name, Pace { file, factor, only_sound }, &opening),
            Err(err) => {
                opening.answer(Err(format!("capturing to {name} failed: {err}")));
            }
        }
    });
    if let Err(err) = spawned {
        let _ = answer.send(Inbox::Port { attempt, port: Err(err.to_string()) });
    }
}

fn pace(name: String, pace: Pace, opening: &Opening) {
    let (handoff, out) = outlet(paced::RATE, Arc::clone(&opening.controls));
    let out = if pace.only_sound { out.without_gaps() } else { out };
    let (port, far) = Port::new(name, paced::RATE, handoff);
    opening.answer(Ok(port));
    if let Err(err) = paced::run(pace, out, &far.nudges) {
        tracing::error!("capturing sound failed: {err}");
        far.broken.store(true, Ordering::Release);
    }
}

fn device(opening: &Opening) {
    let broken = Arc::new(AtomicBool::new(false));
    match sink(opening.only, &broken) {
        Ok((mut sink, name, system)) => {
            sink.log_on_drop(false);
            let rate = sink.config().sample_rate();
            let (handoff, out) = outlet(rate.get(), Arc::clone(&opening.controls));
            sink.mixer().add(Samples::new(out, rate));
            let (port, far) = Port::new(name, rate.get(), handoff);
            let port = Port { system: Some(system), broken, ..port };
            if opening.answer(Ok(port)) {
                // A device takes samples all the time, so nudges tell it nothing; they end when the
                // port is dropped.
                while far.nudges.recv().is_ok() {}
            }
        }
        Err(why) => {
            opening.answer(Err(why));
        }
    }
}

/// The default device at its own rate. Any device will do if the default cannot be opened,
/// except the ones that only pretend.
fn sink(
    only: Option<HostId>,
    broken: &Arc<AtomicBool>,
) -> Result<(MixerDeviceSink, String, HostId), String> {
    let host = match only {
        Some(id) => cpal::host_from_id(id).map_err(|err| err.to_string())?,
        None => cpal::default_host(),
    };
    let named = |(sink, name)| (sink, name, host.id());
    let default = host.default_output_device().ok_or("no output device found")?;
    match open_device(default, broken) {
        Ok(opened) => Ok(named(opened)),
        Err(first) => {
            let others = host.output_devices().map_err(|_| first.clone())?;
            let mut real = others.filter(|device| {
                device.description().is_ok_and(|about| about.driver().is_some_and(|d| d != "null"))
            });
            real.find_map(|device| open_device(device, broken).ok()).map(named).ok_or(first)
        }
    }
}

fn open_device(
    device: cpal::Device,
    broken: &Arc<AtomicBool>,
) -> Result<(MixerDeviceSink, String), String> {
    let name = device.description().map_or_else(|_| String::new(), |about| about.name().to_owned());
    let broken = Arc::clone(broken);
    // Some back ends call this hundreds of thousands of times a second: it sets one flag.
    let on_error = move |err: cpal::Error| {
        let passing = matches!(
            err.kind(),
            ErrorKind::Xrun | ErrorKind::RealtimeDenied | ErrorKind::DeviceChanged
        );
        if !passing {
            broken.store(true, Ordering::Release);
        }
    };
    let sink = DeviceSinkBuilder::from_device(device)
        .map_err(|err| err.to_string())?
        .with_buffer_size(cpal::BufferSize::Fixed(BUFFER))
        .with_error_callback(on_error)
        .open_stream()
        .map_err(|err| err.to_string())?;
    Ok((sink, super::container::plain(&name)))
}
