//! Ways through the transition table: which commands lead from one state to where another command may be given. Knows
//! the table alone.

use popglass_protocol::{
    command::CommandName,
    state::{State, TRANSITIONS},
};

/// Commands of the longest way: USER and PASS are two.
const WAY_COMMANDS_MAX: usize = 2;

/// The commands that may be given in a state, in the order of the table.
pub(crate) fn allowed(state: State) -> Vec<CommandName> {
    TRANSITIONS.iter().filter(|row| row.from == state).map(|row| row.command).collect()
}

/// Their keywords, each once.
pub(crate) fn keywords(commands: &[CommandName]) -> Vec<&'static str> {
    let mut keywords = Vec::new();
    for command in commands {
        if !keywords.contains(&command.keyword()) {
            keywords.push(command.keyword());
        }
    }
    keywords
}

/// The first state, in the order of a session, in which a command may be given.
pub(crate) fn home(command: CommandName) -> Option<State> {
    State::ALL.into_iter().find(|&state| allowed(state).contains(&command))
}

/// The ways from one state to another, each the commands that have to be accepted, the usual one (USER, PASS) first; none if a session
/// cannot get there any more.
pub(crate) fn ways(from: State, to: State) -> Vec<Vec<CommandName>> {
    let mut found = Vec::new();
    let mut open = vec![(from, Vec::new(), vec![from])];
    while let Some((state, way, seen)) = open.pop() {
        for row in TRANSITIONS.iter().filter(|row| row.from == state && !seen.contains(&row.on_ok)) {
            let mut way: Vec<CommandName> = way.clone();
            way.push(row.command);
            if row.on_ok == to {
                found.push(way);
            } else if way.len() < WAY_COMMANDS_MAX {
                let mut seen = seen.clone();
                seen.push(row.on_ok);
                open.push((row.on_ok, way, seen));
            }
        }
    }
    found.sort_by_key(|way| (std::cmp::Reverse(way.len()), way.clone()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_those_of_the_table() {
        let check = |from, to, expected: &str| {
            let ways: Vec<String> = ways(from, to).iter().map(|way| keywords(way).join(" ")).collect();
            assert_eq!(ways.join(", "), expected, "{from:?} to {to:?}");
        };
        check(State::Authorization, State::Transaction, "USER PASS, APOP, AUTH");
        check(State::UserGiven, State::Transaction, "PASS");
        check(State::Authorization, State::UserGiven, "USER");
        check(State::Transaction, State::Authorization, "");
        check(State::Closed, State::Transaction, "");
    }

    #[test]
    fn every_command_has_a_home() {
        for command in CommandName::ALL {
            assert!(home(command).is_some(), "{command:?}");
        }
        assert_eq!(home(CommandName::Pass), Some(State::UserGiven));
        assert_eq!(home(CommandName::Capa), Some(State::Authorization));
    }
}
