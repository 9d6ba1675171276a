"""Records logins between GNU SASL's own client and server, as the fixtures beside this file.

Run it by hand where Debian's package `gsasl` is installed: `python3 record.py`. GNU SASL draws its nonces itself, so
each run gives other fixtures, and the test that replays them, tests/sasl/recorded.rs, holds for all of them.
"""

import os
import pathlib
import re
import select
import subprocess

BINDING = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
MECHANISMS = [
    "CRAM-MD5",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-256-PLUS",
]


class End:
    """One of the two programs. It asks for channel bindings by prompts, and writes each message on a line."""

    def __init__(self, role, mechanism):
        command = ["gsasl", role, "--quiet", "--mechanism", mechanism, "--authentication-id", "user"]
        command += ["--password", "pencil", "--iteration-count", "4096", "--salt", "W22ZaJ0SNY7soEsUEjb6gQ=="]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self.can_bind = mechanism.endswith("-PLUS")

    def say(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def hear(self):
        """What it wrote until it fell silent, without its prompts."""
        heard = ""
        while select.select([self.process.stdout], [], [], 1.0)[0]:
            part = os.read(self.process.stdout.fileno(), 65536).decode()
            if not part:
                break
            if part.endswith("channel binding: "):
                self.say(BINDING if self.can_bind and "tls-exporter" in part else "")
            heard += part
        return re.sub(r"Enter base64 encoded \S+ channel binding: ", "", heard)


def message(text):
    """The last line that is base64; an empty message otherwise."""
    lines = [line for line in text.splitlines() if re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", line)]
    return lines[-1] if lines else ""


def record(mechanism):
    server, client = End("--server", mechanism), End("--client", mechanism)
    lines = [f"M: {mechanism}"]
    challenge = message(server.hear().replace(mechanism, ""))
    said = message(client.hear().replace(mechanism, ""))
    if challenge:
        lines.append(f"S: {challenge}")
        client.say(challenge)
        said = message(client.hear())
    while True:
        lines.append(f"C: {said}")
        server.say(said)
        challenge = message(server.hear())
        if not challenge:
            break
        lines.append(f"S: {challenge}")
        client.say(challenge)
        said = message(client.hear())
    if said:
        server.say("")  # the program waits for one more line before it tells the result
    server.process.stdin.close()
    client.process.kill()
    if server.process.wait(10) != 0:
        raise SystemExit(f"{mechanism}: the server did not accept the client")
    return "\n".join(lines) + "\n"


for mechanism in MECHANISMS:
    name = mechanism.lower().replace("-", "_") + ".exchange"
    pathlib.Path(__file__).with_name(name).write_text(record(mechanism))
