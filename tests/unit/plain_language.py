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
