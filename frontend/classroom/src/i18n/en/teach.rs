//! English: the page for teachers, and what is printed.

use crate::{
    app::Sheet,
    i18n::texts::{SheetTexts, TeachTexts},
};

pub(super) const TEACH: TeachTexts = TeachTexts {
    heading: "For teachers",
    lead: "POP3 in one lesson or two, with nothing but this page. No accounts, no tracking; it also runs from a computer in the classroom, over plain http.",
    before_heading: "Before class",
    before: &[
        "Open this page on one of the computers that the class will use, and do lesson 6: it takes six minutes and shows how all of them work.",
        "Every lesson has a link. With the same seed everybody gets the same numbers; with different seeds nobody can copy. The button “New numbers” changes the seed.",
        "“Large type” in the bar on top makes the text large for a wall, and the score can be switched on below the list of lessons.",
        "Progress stays in the browser. If browsers are emptied after class, learners save it as a file.",
    ],
    plan_short: "45 minutes: what POP3 is",
    plan_short_steps: &[
        ("0–4", "Talk: where does a message lie before you read it? Open the lessons together.", &[]),
        ("4–14", "Knock, and log in.", &[1, 2]),
        ("14–26", "Look around and fetch: how much mail there is, and the message itself.", &[4, 6]),
        ("26–41", "Delete, and find out when that counts.", &[9, 10]),
        ("41–45", "Talk: who could have read all of this?", &[]),
        (
            "Extra",
            "For those who are quick, or at home: a wrong password, the largest message, the eavesdropper.",
            &[3, 5, 15],
        ),
    ],
    plan_long: "90 minutes: POP3, two devices and the wire",
    plan_long_steps: &[
        ("0–4", "Talk: where does a message lie before you read it?", &[]),
        ("4–24", "Knock, log in, look around, fetch.", &[1, 2, 4, 6]),
        ("24–38", "Deleting, and the break before QUIT.", &[9, 10]),
        ("38–59", "Names that last; then two devices, one mailbox: predict first, then try.", &[12, 14]),
        ("59–74", "The eavesdropper, and the same over TLS.", &[15, 16]),
        ("74–86", "In pairs, one of the two: SMTP by hand, or IMAP compared.", &[24, 25]),
        ("86–90", "Round-up: everybody reads one of their cards aloud.", &[]),
        (
            "Extra",
            "For those who are quick, or at home: mail that stays on the server, and TLS that somebody takes away.",
            &[13, 17],
        ),
    ],
    minutes: "Minutes",
    what: "What happens",
    lessons: "Lessons",
    sheets_heading: "Worksheets and solutions",
    sheets_lead: "Each opens as a page that prints without bars and buttons. The seed in the link decides the numbers on it.",
    sheet: |sheet| match sheet {
        Sheet::Worksheet => "Worksheet",
        Sheet::Solution => "Solution",
    },
    in_language: "in English",
    links_heading: "Links for the class",
    links: &[
        "#lesson=14&seed=7&lang=en opens lesson 14 in English with the numbers of seed 7.",
        "Without a seed each computer draws its own.",
        "#learn opens the list of lessons, #teach this page.",
    ],
};

pub(super) const SHEET: SheetTexts = SheetTexts {
    print: "Print",
    back: "To the lesson",
    name_line: "Name:",
    date_line: "Date:",
    address: "Link:",
    tasks: "Tasks",
    questions: "Questions",
    options_hint: "Tick what is right.",
    way: "A way to the goal",
    way_lead: "There are others; what counts is what is reached, not what was typed.",
    answers: "Answers",
    or: "or",
    dead_ends: "Where learners get stuck",
    hints: "Hints, as the page gives them",
    remember: "To remember",
};
