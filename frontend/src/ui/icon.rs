//! Small drawings beside words. They say nothing to a screen reader; the words do.

use leptos::prelude::*;

/// A drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Logo,
    Paperclip,
    Bin,
    Undo,
    Back,
    Newer,
    Older,
    Save,
    Lock,
    Open,
    Speech,
    Warning,
    Keyboard,
    Close,
    Eye,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Logo => "M4 7.5 12 13l8-5.5M4 7.5v10h16v-10M4 7.5l3-2h10l3 2M9 15.5l-5 2M15 15.5l5 2",
            Self::Paperclip => {
                "m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.2a1.6 1.6 0 0 1-2.3-2.3l7.6-7.5"
            }
            Self::Bin => "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5",
            Self::Undo => "M4 9h10a5.5 5.5 0 0 1 0 11H8M4 9l4.5-4.5M4 9l4.5 4.5",
            Self::Back => "M20 12H4M4 12l7-7M4 12l7 7",
            Self::Newer => "m5 15 7-7 7 7",
            Self::Older => "m5 9 7 7 7-7",
            Self::Save => "M12 4v11M12 15l-5-5M12 15l5-5M4 20h16",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Open => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
            Self::Speech => "M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5",
            Self::Warning => "M12 4 2.5 20h19zM12 10v5M12 17.6v.1",
            Self::Keyboard => "M3 7h18v10H3zM7 10.5h.1M10.5 10.5h.1M14 10.5h.1M17 10.5h.1M8 14h8",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Eye => "M3 12s3-6 9-6 9 6 9 6-3 6-9 6-9-6-9-6zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
        }
    }

    pub(super) fn draw(self) -> impl IntoView {
        view! {
            <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
                <path d=self.path() />
            </svg>
        }
    }
}
