//! What no one here wrote: mail servers, mail clients and packet readers, beside our own word; a file each.

mod channel_binding;
mod classroom;
mod clients;
mod dovecot;
mod like_a_real_server;
mod page;
mod servers;
mod tshark;
mod wire_capture;
