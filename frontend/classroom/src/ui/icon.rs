//! Small drawings beside words. They say nothing to a screen reader; the words do.

use leptos::prelude::*;

/// A drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Logo,
    Done,
    Open,
    Warning,
    Back,
    Print,
    Lock,
    Eye,
    Letter,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Logo => "M4 7.5 12 13l8-5.5M4 7.5v10h16v-10M4 7.5l3-2h10l3 2M9 15.5l-5 2M15 15.5l5 2",
            Self::Done => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.3l2.8 2.8L16 9.6",
            Self::Open => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
            Self::Warning => "M12 4 2.5 20h19zM12 10v5M12 17.6v.1",
            Self::Back => "M20 12H4M4 12l7-7M4 12l7 7",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Eye => {
                "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
            }
            Self::Letter => "M3.5 6h17v12h-17zM3.5 6.5 12 13l8.5-6.5",
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
