//! The classroom in a real browser: lessons, scenarios and their screens, a file each.

mod builder;
mod by_keyboard;
mod classroom;
mod offline;
