//! English: the words of mail, in the order of [`crate::glossary`].

use crate::glossary::COUNT;

pub(super) const GLOSSARY: &[(&str, &str); COUNT] = &[
    (
        "address",
        "Where mail is sent to: a name, an @ and a domain, such as ada@mail.example. The domain says which servers take the mail, the name whose mailbox it goes to.",
    ),
    (
        "APOP",
        "A login that sends a digest of password and stamp instead of the password. Its MD5 is too weak today: with some patience a server in the middle can find out parts of the password.",
    ),
    (
        "ASCII",
        "128 characters as numbers from 0 to 127: English letters, digits, signs. POP3’s commands are written in it; umlauts are not in it.",
    ),
    (
        "attacker in the middle",
        "Somebody on the way who does not only listen but also changes what is sent. TLS with a checked certificate keeps such people out.",
    ),
    (
        "autologout",
        "A server may end a session in which nothing was said for a while, ten minutes at the least. It deletes nothing then.",
    ),
    (
        "base64",
        "Writes any octets as letters, digits, + and /, three octets in four characters. It hides nothing: everybody can read it back.",
    ),
    (
        "bridge",
        "Browsers cannot open TCP connections. Popglass’s bridge carries the octets between the page and the mail server; where TLS ends in the page, it cannot read them.",
    ),
    ("capability", "Something that a server can do beyond what every POP3 server must. CAPA lists them."),
    (
        "certificate",
        "A document that says which key belongs to which server, signed by an authority that vouches for it. The client checks it before it trusts the connection.",
    ),
    (
        "challenge",
        "A question of the server in a login, written behind a + and in base64. The client’s answer must show that it knows the password.",
    ),
    ("client", "The program that opens the connection and asks: here the page. The server answers."),
    (
        "command",
        "A line by which the client asks for something: a keyword of three or four characters, then its arguments.",
    ),
    (
        "CRLF",
        "Carriage return and line feed, the octets 13 and 10: together they end every line. Their names come from typewriters.",
    ),
    (
        "digest",
        "A short number that is computed from any amount of data, the same for the same data; also called hash. Nobody can compute the data back, but one can try out data until the digest fits.",
    ),
    (
        "dot-stuffing",
        "A line with nothing but a dot ends an answer. So the sender puts one more dot before every line that begins with a dot, and the receiver takes it away.",
    ),
    (
        "envelope",
        "What SMTP says about a mail while it travels: from whom, to whom. It may differ from what the header says, and POP3 does not show it.",
    ),
    (
        "extension",
        "What other RFCs than RFC 1939 add to POP3, such as CAPA, STLS or AUTH. A server need not have it, so clients ask first.",
    ),
    ("greeting", "The server’s first line. It comes before the client has said anything."),
    (
        "header",
        "The beginning of a mail: lines such as From, To, Subject and Date, up to the first empty line. What follows is the body. Anybody can write into a header what they like.",
    ),
    (
        "IMAP",
        "Another protocol for reading mail. The mail stays on the server, in folders and with read marks, so that all devices see the same.",
    ),
    (
        "implicit TLS",
        "TLS from the first octet on, at a port of its own: 995 for POP3. It is what RFC 8314 recommends.",
    ),
    ("in the clear", "Without encryption. Everybody on the way can read it, the password included."),
    (
        "leave on server",
        "A setting of mail programs: fetch, but do not delete. Only then can more than one device fetch the same mail by POP3.",
    ),
    ("lock", "After the login the maildrop belongs to this one session. Others that log in meanwhile get -ERR."),
    ("lone dot", "A line that is only a dot. It ends every answer of more than one line."),
    (
        "maildrop",
        "The place on the server where a user’s mail lies until it is deleted: POP3’s word for mailbox. It has no folders.",
    ),
    (
        "mark for deletion",
        "DELE only marks. The messages are deleted when QUIT is answered; RSET takes all marks back, and so does a session that ends without QUIT.",
    ),
    ("mechanism", "A way to log in by SASL, such as PLAIN or SCRAM-SHA-256. Client and server must both know it."),
    (
        "message number",
        "Messages are counted from 1 when a session begins, and keep their number until it ends. In the next session the same number can mean another message.",
    ),
    ("MIME", "How a mail can hold more than plain English text: other scripts, several parts, attachments."),
    (
        "multi-line response",
        "An answer of more than one line, such as to LIST or RETR. A lone dot ends it; -ERR is always a single line.",
    ),
    ("octet", "Eight bits; today mostly called byte. RFCs say octet, since once there were bytes of other lengths."),
    (
        "pipelining",
        "Sending the next commands before the earlier ones are answered. It saves waiting, and the answers come in the same order.",
    ),
    (
        "POP3",
        "Post Office Protocol, version 3: fetches mail from a server. It can list, fetch and delete, and hardly more; that is why it is easy to learn.",
    ),
    ("port", "A number that tells the services of one machine apart. POP3 is at port 110, POP3 inside TLS at 995."),
    (
        "response code",
        "A word in square brackets behind -ERR or +OK, such as [IN-USE]. It is for programs; the text behind it is for people.",
    ),
    (
        "RFC",
        "Request for Comments: the documents in which the Internet’s protocols are written down. RFC 1939 is POP3’s; everybody may read them.",
    ),
    ("SASL", "A frame for logins that many protocols share. POP3’s AUTH uses it."),
    (
        "SCRAM",
        "A login in which both sides prove that they know the password, without sending it. The best that POP3 has for passwords.",
    ),
    (
        "server",
        "The program that waits for connections and answers. A mail server keeps the mail until the client fetches it.",
    ),
    (
        "session",
        "All from the greeting to QUIT or to the end of the connection. What is marked holds for this session only.",
    ),
    (
        "SMTP",
        "Simple Mail Transfer Protocol: sends mail from server to server, and from you to your first server. POP3 only fetches what SMTP has brought.",
    ),
    (
        "state",
        "A session knows three of them: AUTHORIZATION (who are you?), TRANSACTION (working with the mail) and UPDATE (deleting). The state says which commands are allowed.",
    ),
    (
        "status indicator",
        "+OK or -ERR, the first word of every answer. Programs need look at nothing else to know whether it worked.",
    ),
    (
        "STLS",
        "The command that starts TLS on a connection that began in the clear. Other protocols call theirs STARTTLS.",
    ),
    (
        "TLS",
        "Transport Layer Security: encrypts a connection, notices changes on the way, and shows by a certificate who the server is.",
    ),
    (
        "unique-id",
        "A message’s name that stays the same in every session. By it a program knows what it has fetched already.",
    ),
    ("UTF-8", "Writes the characters of all scripts as one to four octets each. ASCII stays as it is."),
];
