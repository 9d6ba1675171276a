"""A POP3 session by Python's poplib, as the JSON object on standard input says; what was seen goes to standard output.

poplib knows USER and APOP; the SASL mechanisms are written here after their RFCs, with Python's own digests. Nothing of
Popglass is used, so that this is a witness.
"""

import base64
import hashlib
import hmac
import io
import json
import poplib
import secrets
import socket
import ssl
import sys

# poplib gives up at lines of 2048 octets, which mail may have (RFC 1939 bounds only the first line of a reply).
poplib._MAXLINE = 1 << 24


class Prompt(io.RawIOBase):
    """A socket that acknowledges what it has read at once.

    Most servers send the last line of a reply in a packet of its own, and only after the one before was acknowledged
    (Nagle's algorithm); the system would take 40 ms for that, in each reply. It forgets the option, so it is set anew.
    """

    def __init__(self, sock):
        self.sock = sock

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self.sock.recv_into(buffer)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return count


def encode(octets):
    return base64.b64encode(octets).decode()


def scram(digest, user, password):
    """RFC 5802 without channel binding: two answers, then a check of what the server proves."""
    bare = f"n={user},r={secrets.token_hex(12)}"
    challenge = yield f"n,,{bare}".encode()
    fields = dict(field.split("=", 1) for field in challenge.decode().split(","))
    without_proof = f"c={encode(b'n,,')},r={fields['r']}"
    salted = hashlib.pbkdf2_hmac(digest, password.encode(), base64.b64decode(fields["s"]), int(fields["i"]))
    client_key = hmac.digest(salted, b"Client Key", digest)
    stored_key = hashlib.new(digest, client_key).digest()
    text = f"{bare},{challenge.decode()},{without_proof}".encode()
    signature = hmac.digest(stored_key, text, digest)
    proof = bytes(one ^ other for one, other in zip(client_key, signature))
    verdict = yield f"{without_proof},p={encode(proof)}".encode()
    expected = hmac.digest(hmac.digest(salted, b"Server Key", digest), text, digest)
    assert verdict == b"v=" + encode(expected).encode(), "the server does not know the password"
    yield b""


def cram(digest, user, password):
    """RFC 2195, and the same with other digests."""
    challenge = yield None
    yield f"{user} {hmac.new(password.encode(), challenge, digest).hexdigest()}".encode()


def login(user, password):
    yield None
    yield user.encode()
    yield password.encode()


def once(answer):
    yield answer.encode()


def mechanism_of(plan):
    """Yields the answers; None waits for a challenge first."""
    user, password, token = plan["user"], plan["password"], plan.get("token")
    name = plan["mechanism"]
    if name.startswith("SCRAM-"):
        return scram(name.removeprefix("SCRAM-").replace("-", ""), user, password)
    if name.startswith("CRAM-"):
        return cram(name.removeprefix("CRAM-"), user, password)
    return {
        "ANONYMOUS": lambda: once("guest"),
        "EXTERNAL": lambda: once(""),
        "LOGIN": lambda: login(user, password),
        "OAUTHBEARER": lambda: once(f"n,a={user},\x01auth=Bearer {token}\x01\x01"),
        "PLAIN": lambda: once(f"\0{user}\0{password}"),
        "XOAUTH2": lambda: once(f"user={user}\x01auth=Bearer {token}\x01\x01"),
    }[name]()


def authenticate(client, plan):
    """RFC 5034 without an initial response, which every server must take."""
    answers = mechanism_of(plan)
    answer = next(answers)
    client._putcmd("AUTH " + plan["mechanism"])
    while True:
        line, _ = client._getline()
        if line.startswith(b"+OK"):
            return
        assert line.startswith(b"+"), line
        challenge = base64.b64decode(line[1:].strip())
        if answer is None:
            answer = answers.send(challenge)
        client._putline(encode(answer).encode())
        # The next answer may depend on the next challenge.
        answer = None


def capabilities(client):
    try:
        return [line.decode() for line in client._longcmd("CAPA")[1]]
    except poplib.error_proto:
        return None


def connect(plan):
    context = ssl.create_default_context(cafile=plan["authority"])
    if plan["mechanism"] == "EXTERNAL":
        context.load_cert_chain(plan["certificate"], plan["key"])
    if plan["security"] == "Tls":
        return poplib.POP3_SSL(plan["host"], plan["port"], timeout=60, context=context)
    client = poplib.POP3(plan["host"], plan["port"], timeout=60)
    if plan["security"] == "Stls":
        client.stls(context)
    return client


def main():
    plan = json.load(sys.stdin)
    client = connect(plan)
    client.file = io.BufferedReader(Prompt(client.sock))
    seen = {"greeting": client.getwelcome().decode(), "before": capabilities(client)}
    if plan["mechanism"] == "USER":
        client.user(plan["user"])
        client.pass_(plan["password"])
    elif plan["mechanism"] == "APOP":
        client.apop(plan["user"], plan["password"])
    else:
        authenticate(client, plan)
    seen["after"] = capabilities(client)
    seen["count"] = client.stat()[0]
    seen["messages"] = []
    if plan["fetch"]:
        for number in range(1, seen["count"] + 1):
            _, lines, _ = client.retr(number)
            seen["messages"].append(encode(b"".join(line + b"\r\n" for line in lines)))
    for number in plan["delete"]:
        client.dele(number)
    client.quit()
    json.dump(seen, sys.stdout)


main()
