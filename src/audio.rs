//! Sound in a thread of its own: decode, seek exactly, stretch, output; lost devices come back.
