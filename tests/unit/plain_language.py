"""What a sentence for people looks like, and the catalogues it stands in."""
import re

MAX_WORDS = 15
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')

BANNED = {
    "nl": r"oeps|helaas|sorry|even|gewoon|simpelweg|natuurlijk|u|uw|men|klik|gelieve|gebruikers?|ok|oké|submit|feed|post|posts"
          r"|thread|dashboard|verder gaan met|mis niets|nog maar|laatste kans|iedereen|stoornis|patiënt|lijdt aan|last van"
          r"|kampt met|hokje|profiel compleet|login|account aanmelden",
    "en": r"oops|please|sorry|unfortunately|simply|just|obviously|ok|click|submit|feed|thread|dashboard|everybody|everyone"
          r"|patient|suffers?|disorder",
}

# One word for one thing, and no figures of speech: the words that are not used, what is, and a sentence that has them.
INSTEAD = {
    "nl": [
        (r"weggooi|weggegooid|gooi\w* .*\bweg\b|wegdoen", "verwijderen", "Gooi je concept weg."),
        (r"weghalen|weggehaald|\bhaal\w* .*\bweg\b", "verwijderen", "Haal de regel weg."),
        (r"\b(?:wijzigen|wijzigt|wijzigde|aanpassen|aangepast)\b|\bpas\b.*\baan\b", "veranderen", "Pas het aan."),
        (r"\bbeheerders?\b", "organisator", "Vraag het de beheerder."),
        (r"opgeborgen|opbergen|naar het archief", "archiveren", "Dit onderwerp is opgeborgen."),
        (r"\b(?:de|deze|die|andere) soort bericht", "dit soort bericht, een ander soort bericht", "Kies een andere soort bericht."),
        (r"\b(?:de|deze|die|een|elke|je|jouw|andere|eigen) kring\b", "intervisiekring; kring is the program", "De leden van deze kring."),
        (r"(?-i:\bwebsite\b)", "site", "De uitslag staat op de website."),
        (r"dichtgevouwen|uitgevouwen", "ingeklapt", "De tekst is dichtgevouwen."),
        (r"(?<![-\w])offline\b", "geen verbinding", "Dit werkt offline."),
        (r"\bserver\b(?! %)(?! antwoord)", "community, site", "Kijk op de server."),
        (r"(?:^|[.:] )Kan ", "a whole sentence: ... is niet te ...", "De schijf is vol. Kan het bestand niet schrijven."),
        (r"\bk(?:an|unnen|on|onden) niet worden\b", "is niet te ...", "De kopie kan niet worden geopend."),
        (r"\b(?:het|dit|dat|die|hij) gaat (?:\w+ )?weg\b|\bonderweg\b", "kring verstuurt het", "Het gaat weg als er verbinding is."),
        (r"omslaan|bladzij", "pagina", "Een pagina omslaan"),
        (r"(?:heeft|hebben) jou nodig", "voor jou te doen", "Je postvak uit heeft jou nodig."),
        (r"\blaa?t\w* .*\bzien\b", "tonen", "De agenda laat elke bijeenkomst zien."),
        (r"\bvalt (?:er )?(?:niets|iets)\b", "er is niets te ...", "Hier valt niets te kiezen."),
        (r"\b(?:draft|outbox|tag|topic|event|board|site-?beheerder)s?\b", "the Dutch word", "Bewaar het als draft."),
        (r"\bopslaan\b|\bopgeslagen\b", "bewaren", "De tekst is opgeslagen."),
        (r"\bnakijken\b", "controleren", "Je instellingen nakijken"),
        (r"\b(?:praat|spreekt) (?:geen |alleen )?(?:HTTP|Nederlands|Engels)", "a literal word", "kring praat Nederlands."),
        (r"\bbinnenlaten\b|\blaat je\b.*\bbinnen\b|staat ervoor in", "a literal word", "De site laat je niet binnen."),
    ],
    "en": [
        (r"\bthrow|\bthrew\b", "delete", "Throw this away?"),
        (r"\bthe begin\b|\bbegin of\b", "the start", "Go to the begin of the line."),
        (r"\blogins?\b(?! ADDRESS)", "log-in", "The login was refused."),
        (r"(?:^|[.:] )Cannot ", "a whole sentence: ... cannot be ...", "The disk is full. Cannot write the file."),
        (r"\bgoes? out\b|\bon its way\b|\bgoes nowhere\b", "kring sends it", "It goes out later."),
        (r"\bwebsite\b(?!$)", "site", "See the result on the website."),
        (r"\bmaybe come|\bwho comes\b|\b(?:I|you) (?:do not )?come\b", "is coming, may come", "You come."),
        (r"\bbookmark|\bput away\b|\binbox\b", "saved, archive, messages", "The message is in your inbox."),
        (r"\bas kring came\b", "standard", "Every key as kring came"),
        (r"\bturn a page\b|\bvouch|\bspeaks (?:HTTP|English|Dutch)", "a literal word", "Turn a page"),
        (r"\badministrators?\b|\badmins?\b", "organiser", "Ask the administrator."),
    ],
}


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def parse_po(text):
    """A list of {flags, obsolete, msgid, msgid_plural, msgstr: [..]}; the header is left out."""
    entries = []
    for block in re.split(r"\n\s*\n", text):
        entry = {"flags": "", "msgid": "", "msgid_plural": "", "msgstr": [], "obsolete": "\n#~" in "\n" + block}
        field = None
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] += line
            m = re.match(r"(msgid_plural|msgid|msgstr)(?:\[\d+\])? ", line)
            if m:
                field = m.group(1)
                if field == "msgstr":
                    entry["msgstr"].append("")
            m = STRING.search(line)
            if field and m and not line.startswith("#"):
                part = unescape(m.group(1))
                if field == "msgstr":
                    entry["msgstr"][-1] += part
                else:
                    entry[field] += part
        if entry["msgid"] or entry["obsolete"]:
            entries.append(entry)
    return entries


def sentences(text):
    return [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]


def words(sentence):
    return [w for w in sentence.split() if re.search(r"\w|%", w)]


def problems(text, language):
    found = []
    for s in sentences(text):
        if len(words(s)) > MAX_WORDS:
            found.append("%d words: %r" % (len(words(s)), s))
    for m in re.finditer(r"(?<![\w-])(?<!kring )(?:%s)(?![\w-])" % BANNED[language], text, re.I):
        found.append("the word %r: %r" % (m.group(), text))
    if "!" in text or "..." in text or "…" in text:
        found.append("no exclamation mark and no dots: %r" % text)
    if any(ord(c) > 0x24F for c in text):
        found.append("a character outside Latin: %r" % text)
    return found


def synonyms(text, language):
    return ["%r, not %r: %r" % (use, m.group(), text) for pattern, use, _ in INSTEAD[language]
            for m in [re.search(pattern, text, re.I)] if m]
