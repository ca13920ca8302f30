//! The one HTTP client: conditional requests, limits, retries, redirects, and who may lead where.
//!
//! What the user names may be on any host. What content names may not lead from a public host to this
//! machine or its network; that is checked for every hop, at the address that is really connected to.

mod address;
mod body;
mod causes;
mod client;
mod cookies;
mod embedded;
mod error;
mod freshness;
mod hosts;
mod logins;
mod manners;
mod patience;
mod redirect;
mod request;
mod resolve;
mod shown;
mod transport;

pub use client::Client;
pub use error::FetchError;
pub use logins::Login;
pub use patience::Patience;
pub use request::{Accept, Reply, Request, Status, Trust};

pub(crate) use body::next_chunk;
pub(crate) use client::header;
pub(crate) use embedded::embedded;
pub(crate) use hosts::Hosts;
pub(crate) use redirect::{Answer, Ask, parse};
pub(crate) use shown::shown_address;
