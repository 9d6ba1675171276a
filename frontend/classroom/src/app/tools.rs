//! What can be done with what a terminal shows: looked at as text or as octets, from one side alone, copied, saved.
//! Knows no line.

/// Whose lines are shown. What happened to the connection always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Everybody's.
    #[default]
    Both,
    /// The client's.
    Client,
    /// The server's.
    Server,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Both, Self::Client, Self::Server];
}

/// How lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// As text.
    #[default]
    Text,
    /// As the octets on the wire.
    Octets,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Text, Self::Octets];
}

/// What was chosen at a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tools {
    /// Whose lines.
    pub side: Side,
    /// How.
    pub form: Form,
}

/// A wish at a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Show the lines of this side.
    Show(Side),
    /// Show them so.
    ShowAs(Form),
    /// Copy what is shown.
    Copy,
    /// Save everything as text.
    SaveText,
    /// Save everything as packets, for Wireshark.
    SavePackets,
}
