//! Where the password comes from: a file, an environment variable, or a prompt. Knows no server.

use std::{
    env, fs,
    io::{self, IsTerminal as _},
};

use popglass_protocol::secret::Secret;

use crate::{
    arguments::Options,
    failure::{Ending, Failure},
};

/// The password, or the token, of `user`.
pub(crate) fn password(options: &Options, user: &str) -> Result<Secret<String>, Failure> {
    let unusable = |what: String| Failure::new(Ending::Usage, what, "give a password; see --help");
    let text = if let Some(path) = &options.password_file {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        // The first line, blanks and all: a password may begin or end with them.
        text.lines().next().unwrap_or_default().to_owned()
    } else if let Some(name) = &options.password_env {
        env::var(name).map_err(|error| unusable(format!("environment variable {name}: {}", reason(&error))))?
    } else if io::stdin().is_terminal() {
        rpassword::prompt_password(format!("Password of {user}: "))
            .map_err(|error| unusable(format!("the password cannot be asked for: {error}")))?
    } else {
        let advice = "name it with --password-file FILE or --password-env NAME";
        return Err(Failure::new(Ending::Usage, "there is no terminal to ask for the password", advice));
    };
    if text.is_empty() { Err(unusable("the password is empty".to_owned())) } else { Ok(Secret::new(text)) }
}

/// The library's own words would show a value that is no Unicode.
fn reason(error: &env::VarError) -> &'static str {
    match error {
        env::VarError::NotPresent => "it is not set",
        env::VarError::NotUnicode(_) => "it is not UTF-8",
    }
}
