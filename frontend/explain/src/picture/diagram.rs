//! The states as boxes, one beneath the other in the order of a session, and the arrows between them. What stays in a
//! state stands in its box; what leads to the next state is an arrow down; what passes states over runs beside them.

use popglass_protocol::{
    command::CommandName,
    state::{State, Transition},
};

use super::{Drawn, svg};
use crate::{route, texts::PictureTexts};

const BOX_LEFT: u32 = 6;
const BOX_WIDTH: u32 = 256;
const BOX_RIGHT: u32 = BOX_LEFT + BOX_WIDTH;
const LINE: u32 = 15;
/// Between two boxes.
const GAP: u32 = 30;
/// Arrows that pass states over, each in a lane of its own beside the boxes.
const LANE_LEFT: u32 = BOX_RIGHT + 14;
const LANE: u32 = 12;
/// Characters of commands in a line of a box.
const COMMANDS_CHARS_MAX: usize = 33;

/// The way from one state to another, or back to itself.
pub(super) struct Arrow {
    pub(super) from: State,
    pub(super) to: State,
    /// Nothing where the server goes by itself.
    pub(super) commands: Vec<CommandName>,
}

/// One arrow for all rows that lead from one state to another.
pub(super) fn arrows(rows: &[Transition]) -> Vec<Arrow> {
    let mut arrows: Vec<Arrow> = Vec::new();
    for row in rows {
        match arrows.iter_mut().find(|arrow| arrow.from == row.from && arrow.to == row.on_ok) {
            Some(arrow) => arrow.commands.push(row.command),
            None => arrows.push(Arrow { from: row.from, to: row.on_ok, commands: vec![row.command] }),
        }
    }
    arrows
}

/// What the server does by itself: it greets, and it deletes after QUIT (RFC 1939 §4, §6).
fn by_itself() -> [Arrow; 2] {
    [(State::Greeting, State::Authorization), (State::Update, State::Closed)].map(|(from, to)| Arrow {
        from,
        to,
        commands: Vec::new(),
    })
}

/// A box, once it is known where it stands.
struct Placed {
    state: State,
    top: u32,
    bottom: u32,
    /// The next free line.
    line: u32,
    /// Arrows that arrived at its side.
    arrived: u32,
}

pub(super) fn draw(texts: &PictureTexts, here: Option<State>, rows: &[Transition]) -> Drawn {
    let mut arrows = arrows(rows);
    arrows.extend(by_itself());
    let mut boxes = place(&arrows, here);
    let mut drawn = String::new();
    for placed in &boxes {
        drawn.push_str(&frame(texts, placed, here));
    }
    let mut lanes = 0;
    for arrow in &arrows {
        let open = here == Some(arrow.from);
        let shape = if arrow.from == arrow.to {
            stays(&mut boxes, arrow)
        } else if is_next(arrow) {
            down(texts, &boxes, arrow)
        } else {
            lanes += 1;
            beside(&mut boxes, arrow, LANE_LEFT + (lanes - 1) * LANE)
        };
        drawn.push_str(&group(arrow, open, &shape));
    }
    Drawn { svg: drawn, height: boxes.last().map_or(0, |last| last.bottom + GAP / 2) }
}

/// The commands of an arrow stand in the markup by their names in the table, so that whoever reads it can compare.
fn group(arrow: &Arrow, open: bool, shape: &str) -> String {
    let open = if open { " picture-open" } else { "" };
    let by_itself = if arrow.commands.is_empty() { " picture-auto" } else { "" };
    let commands: Vec<String> = arrow.commands.iter().map(|command| format!("{command:?}")).collect();
    format!(
        "<g class=\"picture-arrow{open}{by_itself}\" data-from=\"{:?}\" data-to=\"{:?}\" data-commands=\"{}\">{shape}</g>",
        arrow.from,
        arrow.to,
        commands.join(" ")
    )
}

fn is_next(arrow: &Arrow) -> bool {
    let place = |state| State::ALL.iter().position(|&other| other == state);
    place(arrow.from).map(|place| place + 1) == place(arrow.to)
}

fn place(arrows: &[Arrow], here: Option<State>) -> Vec<Placed> {
    let mut top = 6;
    let mut boxes = Vec::new();
    for state in State::ALL {
        let leaving = arrows.iter().filter(|arrow| arrow.from == state);
        let lines: usize = leaving
            .map(|arrow| match arrow.from == arrow.to {
                true => wrapped(&arrow.commands).len(),
                false => usize::from(!is_next(arrow)),
            })
            .sum();
        let lines = lines + 1 + usize::from(here == Some(state));
        let bottom = top + LINE * u32::try_from(lines).unwrap_or(u32::MAX / LINE / 2) + 8;
        let line = top + LINE * (1 + u32::from(here == Some(state)));
        boxes.push(Placed { state, top, bottom, line, arrived: 0 });
        top = bottom + GAP;
    }
    boxes
}

fn frame(texts: &PictureTexts, placed: &Placed, here: Option<State>) -> String {
    let is_here = here == Some(placed.state);
    let (class, mark) = if is_here {
        let mark = svg::text("picture-mark", BOX_LEFT + 8, placed.top + 2 * LINE, &format!("▶ {}", texts.here));
        ("picture-state picture-here", mark)
    } else {
        ("picture-state", String::new())
    };
    format!(
        "<g class=\"{class}\" data-state=\"{:?}\"><rect class=\"picture-box\" x=\"{BOX_LEFT}\" y=\"{}\" width=\"{BOX_WIDTH}\" \
         height=\"{}\" rx=\"6\"/>{}{mark}</g>",
        placed.state,
        placed.top,
        placed.bottom - placed.top,
        svg::text("picture-name", BOX_LEFT + 8, placed.top + LINE, (texts.state)(placed.state)),
    )
}

/// Commands that change no state, in lines inside the box.
fn stays(boxes: &mut [Placed], arrow: &Arrow) -> String {
    let Some(placed) = boxes.iter_mut().find(|placed| placed.state == arrow.from) else { return String::new() };
    let mut shape = String::new();
    for (place, line) in wrapped(&arrow.commands).iter().enumerate() {
        placed.line += LINE;
        let mark = if place == 0 { '↻' } else { ' ' };
        shape.push_str(&svg::text("picture-command", BOX_LEFT + 8, placed.line, mark.to_string().trim()));
        shape.push_str(&svg::text("picture-command", BOX_LEFT + 24, placed.line, line));
    }
    shape
}

/// To the next state: straight down.
fn down(texts: &PictureTexts, boxes: &[Placed], arrow: &Arrow) -> String {
    let find = |state| boxes.iter().find(|placed| placed.state == state);
    let (Some(from), Some(to)) = (find(arrow.from), find(arrow.to)) else { return String::new() };
    let words = match (arrow.commands.is_empty(), arrow.to) {
        (false, _) => route::keywords(&arrow.commands).join(" "),
        (true, State::Closed) => texts.deletes.to_owned(),
        (true, _) => texts.greeting.to_owned(),
    };
    let class = if arrow.commands.is_empty() { "picture-label" } else { "picture-command" };
    let shape = svg::arrow(&[(BOX_LEFT + 30, from.bottom), (BOX_LEFT + 30, to.top)]);
    shape + &svg::text(class, BOX_LEFT + 42, (from.bottom + to.top) / 2 + 4, &words)
}

/// To a state further on: beside the boxes.
fn beside(boxes: &mut [Placed], arrow: &Arrow, lane: u32) -> String {
    let Some(from) = boxes.iter_mut().find(|placed| placed.state == arrow.from) else { return String::new() };
    from.line += LINE;
    let line = from.line;
    let Some(to) = boxes.iter_mut().find(|placed| placed.state == arrow.to) else { return String::new() };
    to.arrived += 1;
    let arrival = to.top + 8 * to.arrived;
    let leaves = line - 4;
    let words = format!("{} →", route::keywords(&arrow.commands).join(" "));
    svg::arrow(&[(BOX_RIGHT, leaves), (lane, leaves), (lane, arrival), (BOX_RIGHT, arrival)])
        + &svg::text("picture-command picture-end", BOX_RIGHT - 6, line, &words)
}

/// Keywords in lines that fit the box.
fn wrapped(commands: &[CommandName]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for keyword in route::keywords(commands) {
        match lines.last_mut().filter(|line| line.len() + 1 + keyword.len() <= COMMANDS_CHARS_MAX) {
            Some(line) => {
                line.push(' ');
                line.push_str(keyword);
            }
            None => lines.push(keyword.to_owned()),
        }
    }
    lines
}
