//! German: the rules that servers break, each in one sentence for people who never read an RFC.

use popglass_protocol::deviation::Rule;

pub(super) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::BareLineFeed => "Eine Zeile soll mit zwei unsichtbaren Zeichen enden, CR und LF; diese hat nur das LF.",
        Rule::EmptyLine => "Wo eine Antwort beginnen sollte, steht eine leere Zeile.",
        Rule::StatusSeparator => "Nach +OK oder -ERR soll genau ein Leerzeichen stehen und dann der Text.",
        Rule::StatusLineLong => "Die erste Zeile einer Antwort darf höchstens 512 Oktette haben; diese ist länger.",
        Rule::StatusNotAscii => {
            "In dieser Zeile stehen Zeichen, die nicht zu ASCII gehören; mit UTF8 vereinbart hat das niemand."
        }
        Rule::CapabilityLineLong => {
            "Eine Zeile der Antwort auf CAPA darf höchstens 512 Oktette haben; diese ist länger."
        }
        Rule::CapabilityArguments => "Bei einer Erweiterung stehen Wörter, die in ihrer Beschreibung nicht vorkommen.",
        Rule::DotNotStuffed => {
            "Eine Zeile, die mit einem Punkt beginnt, bekommt unterwegs einen zweiten; hier fehlt er."
        }
        Rule::TerminatorCut => "Die Zeile mit dem einzelnen Punkt, die die Antwort beendet, ist selbst nicht beendet.",
        Rule::ListingBlanks => "Zwischen Nummer und Wert soll genau ein Leerzeichen stehen.",
        Rule::SizeUnreadable => "Wo die Größe einer Nachricht stehen sollte, steht keine Zahl.",
        Rule::SizeWrong => "Die Nachricht hat eine andere Größe, als LIST angekündigt hatte.",
        Rule::CountWrong => "STAT zählt eine andere Anzahl von Nachrichten, als LIST zeigt.",
        Rule::NumberGap => "Nachrichten sollen 1, 2, 3 und so weiter heißen; hier sind Nummern ausgelassen.",
        Rule::NumberRepeated => "Eine Nachrichtennummer kommt zweimal oder nicht der Reihe nach.",
        Rule::UniqueIdMissing => {
            "Eine Nachricht hat keine Kennung, lässt sich in einer anderen Sitzung also nicht wiedererkennen."
        }
        Rule::UniqueIdRepeated => {
            "Zwei Nachrichten haben dieselbe Kennung, lassen sich in einer anderen Sitzung also nicht unterscheiden. Das dürfen nur gleiche Kopien."
        }
        Rule::UniqueIdLong => "Eine Kennung darf höchstens 70 Zeichen haben; diese ist länger.",
        Rule::UniqueIdCharacters => "In einer Kennung dürfen nur sichtbare ASCII-Zeichen stehen; hier stehen andere.",
        Rule::AnsweredTwice => "Diese Antwort gehört zu keiner Frage: Ein Befehl wurde zweimal beantwortet.",
        Rule::UnaskedRefusal => "Der Server sagt -ERR, obwohl niemand gefragt hat; manche tun das, bevor sie auflegen.",
        Rule::ContinuationAsOk => "Der Server antwortet +OK, wo er mit einem bloßen + weiterfragen sollte.",
        Rule::ContinuationWithText => "Der Server sollte mit nichts als einem + weiterfragen, hängt aber Text an.",
        Rule::MalformedAccepted => "Der Server sagt +OK zu einer Zeile, die kein Befehl ist; er sollte -ERR sagen.",
    }
}
