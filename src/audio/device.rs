//! An output in a thread of its own: opening and closing sound devices may take long or hang.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};

use cpal::ErrorKind;
use cpal::traits::{DeviceTrait, HostTrait};
use rodio::{DeviceSinkBuilder, MixerDeviceSink};

use super::conductor::Inbox;
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
    pub(crate) handoff: Handoff,
    broken: Arc<AtomicBool>,
    _close: Sender<()>,
}

impl Port {
    /// Whether the device said that it is gone.
    pub(crate) fn broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }
}

/// Opens `output` in a new thread, which answers with [`Inbox::Port`] and this `attempt`.
pub(crate) fn open(output: &Output, attempt: u64, controls: Arc<Controls>, inbox: Sender<Inbox>) {
    let answer = inbox.clone();
    let output = output.clone();
    let spawned = std::thread::Builder::new().name("sound-out".into()).spawn(move || {
        let (path, factor, only_sound) = match output {
            Output::Device => return device(attempt, controls, &inbox),
            Output::Silent => (None, 1, false),
            Output::Capture(path) => (Some(path), 1, false),
            Output::CaptureFast { path, pace } => (Some(path), pace, true),
        };
        let name = path.as_ref().map_or("silent".into(), |path| path.display().to_string());
        match path.map(std::fs::File::create).transpose() {
            Ok(file) => pace(name, Pace { file, factor, only_sound }, attempt, controls, &inbox),
            Err(err) => {
                let why = format!("capturing to {name} failed: {err}");
                let _ = inbox.send(Inbox::Port { attempt, port: Err(why) });
            }
        }
    });
    if let Err(err) = spawned {
        let _ = answer.send(Inbox::Port { attempt, port: Err(err.to_string()) });
    }
}

fn pace(name: String, pace: Pace, attempt: u64, controls: Arc<Controls>, inbox: &Sender<Inbox>) {
    let (close, closed) = channel();
    let (handoff, out) = outlet(paced::RATE, controls);
    let out = if pace.only_sound { out.without_gaps() } else { out };
    let broken = Arc::new(AtomicBool::new(false));
    let port =
        Port { name, rate: paced::RATE, handoff, broken: Arc::clone(&broken), _close: close };
    let _ = inbox.send(Inbox::Port { attempt, port: Ok(port) });
    if let Err(err) = paced::run(pace, out, &closed) {
        tracing::error!("capturing sound failed: {err}");
        broken.store(true, Ordering::Release);
    }
}

fn device(attempt: u64, controls: Arc<Controls>, inbox: &Sender<Inbox>) {
    let (close, closed) = channel();
    let broken = Arc::new(AtomicBool::new(false));
    match sink(&broken) {
        Ok((mut sink, name)) => {
            sink.log_on_drop(false);
            let rate = sink.config().sample_rate();
            let (handoff, out) = outlet(rate.get(), controls);
            sink.mixer().add(Samples::new(out, rate));
            let port = Port { name, rate: rate.get(), handoff, broken, _close: close };
            if inbox.send(Inbox::Port { attempt, port: Ok(port) }).is_ok() {
                // Ends when the port is dropped; nothing is ever sent.
                let _ = closed.recv();
            }
        }
        Err(why) => {
            let _ = inbox.send(Inbox::Port { attempt, port: Err(why) });
        }
    }
}

/// The default device at its own rate. Any device will do if the default cannot be opened,
/// except the ones that only pretend.
fn sink(broken: &Arc<AtomicBool>) -> Result<(MixerDeviceSink, String), String> {
    let host = cpal::default_host();
    let default = host.default_output_device().ok_or("no output device found")?;
    match open_device(default, broken) {
        Ok(opened) => Ok(opened),
        Err(first) => {
            let others = host.output_devices().map_err(|_| first.clone())?;
            let mut real = others.filter(|device| {
                device.description().is_ok_and(|about| about.driver().is_some_and(|d| d != "null"))
            });
            real.find_map(|device| open_device(device, broken).ok()).ok_or(first)
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
