"""What the member writes, and what must become of it: kinds of changes with words of their own, and how to find each in the
database of the server."""
import re

(TOPIC, REPLY, MESSAGE, EDIT, DELETE, RECOVER, LIKE, UNLIKE, BOOKMARK, UNBOOKMARK, FLAG, TOPIC_LEVEL, CATEGORY_LEVEL,
 MEMBER_LEVEL, ARCHIVE, UNARCHIVE, VOTE, UNVOTE, ATTENDANCE, PROFILE, READ_ALL) = range(1, 22)
DRAFT, WAITING, SENDING, UNSURE, DONE, REFUSED, MERGED = range(7)
ATTENDANCES = [None, "going", "interested", "not_going"]
# How often each kind is written.
WEIGHTS = {REPLY: 34, TOPIC: 9, MESSAGE: 9, EDIT: 12, DELETE: 3, RECOVER: 2, LIKE: 7, UNLIKE: 3, BOOKMARK: 5, FLAG: 2, VOTE: 4,
           UNVOTE: 2, ATTENDANCE: 6, TOPIC_LEVEL: 4, CATEGORY_LEVEL: 1, MEMBER_LEVEL: 1, ARCHIVE: 2, UNARCHIVE: 1, PROFILE: 4}
# Texts that a server and a client could spell in different ways.
TWISTS = ["", " ", "\n", "\r\n\r\n", "\n\n- een\n- twee\n", " é én ë", " \U0001f331", "\ttab\t", "  twee  spaties  ", " \u00a0",
          "\n> citaat\n\nen verder", " <b>vet</b> & \"aanhaling\"", "\n```\ncode\n```\n", " https://kring.example/?a=1&b=2 "]


class Item:
    """One change. `key` names the thing that it changes; of such changes the last one counts. A text has a mark that is
    nowhere else."""

    def __init__(self, id, kind, key=None, mark=None, **fields):
        self.id, self.kind, self.key, self.mark = id, kind, key, mark
        self.fields = {"topic": 0, "post": 0, "category": 0, "number": 0, "before": 0, "title": "", "body": "", "original": "",
                       "names": "", **fields}

    def line(self):
        texts = [self.fields[f].replace("\t", " ").replace("\r", "\\r").replace("\n", "\\n")
                 for f in ("title", "body", "original", "names")]
        numbers = [self.fields[f] for f in ("topic", "post", "category", "number", "before")]
        return "\t".join(map(str, [self.id, self.kind, *numbers, *texts])) + "\n"

    def command(self, category):
        """How a script writes it: the words after `kring`, and the text. None for what has no command."""
        f = self.fields
        return {REPLY: ["reply", str(f["topic"]), *(["--to", str(f["number"])] if f["number"] else [])],
                TOPIC: ["post", "--category", category, "--title", f["title"]],
                MESSAGE: ["message", f["names"], "--title", f["title"]]}.get(self.kind), f["body"]

    @property
    def body(self):
        return self.fields["body"].replace("\t", " ")


class Ground:
    """What is there before the member begins: topics to answer, posts to like, polls, meetings, and own posts."""

    def __init__(self, kringd, random, size):
        self.kringd, self.random = kringd, random
        for name, more in (("anna", []), ("bram", []), ("carla", ["--admin"])):
            kringd.run("user", "add", name, *more, "--password-stdin", text="kring-voorbeeld\n")
        self.keys = {name: kringd.key(name) for name in ("anna", "bram", "carla")}
        category = self.ask("bram", "/categories.json")["category_list"]["categories"][0]
        self.category, self.category_name = category["id"], category["name"]
        self.topics = [self.post("bram", title="Onderwerp nummer %d om op te antwoorden" % i, raw="Hier kan iedereen antwoorden."
                                 " Dit is nummer %d." % i, category=self.category)["topic_id"] for i in range(12)]
        self.liked = [self.reply("bram", i)["id"] for i in range(size)]
        self.kept = [self.reply("bram", size + i)["id"] for i in range(size)]
        self.mine = [self.reply("anna", i) for i in range(size // 4 + 4)]
        self.gone = [self.reply("anna", size + i)["id"] for i in range(size)]
        self.messages = [self.post("bram", archetype="private_message", target_recipients="anna", title="Bericht %d van Bram" % i,
                                   raw="Dag Anna, dit is bericht nummer %d van mij." % i)["topic_id"] for i in range(4)]
        self.polls = [self.poll(i) for i in range(6)]
        self.events = [self.post("carla", title="Bijeenkomst nummer %d van de kring" % i, category=self.category, raw="[event"
                                 " start=\"2099-04-%02d 10:00\" status=\"public\"]\n[/event]\n\nTot dan allemaal." % (i + 1))["id"]
                       for i in range(6)]

    def ask(self, who, path, body=None):
        status, answer = self.kringd.ask(path, self.keys[who], body)
        if status != 200:
            raise RuntimeError("%s: %s %s" % (path, status, answer))
        return answer

    def post(self, who, **fields):
        return self.ask(who, "/posts.json", fields)

    def reply(self, who, n):
        return self.post(who, topic_id=self.topics[n % len(self.topics)], raw="Bericht nummer %d van %s op deze plek." % (n, who))

    def poll(self, n):
        made = self.post("bram", title="Peiling nummer %d voor de hele kring" % n, category=self.category,
                         raw="[poll]\n* soep %d\n* brood %d\n* niets\n[/poll]\n\nWat kies je deze keer?" % (n, n))
        return made["id"], made["topic_id"], [o["id"] for o in made["polls"][0]["options"]]


class Member:
    """Writes changes: seeded, and never two edits of one post at once."""

    def __init__(self, ground, random, tag):
        self.ground, self.random, self.tag, self.written, self.marks = ground, random, tag, [], 0
        self.texts = {p["id"]: p["raw"] for p in ground.mine}  # as the server should have them now
        self.editing = {}                                      # post: the edit underway
        self.topic_of = {p["id"]: p["topic_id"] for p in ground.mine}
        self.latest = {}                                       # key: the last change of it
        self.make = {TOPIC: self.topic, REPLY: self.reply, MESSAGE: self.message, EDIT: self.edit, DELETE: self.delete,
                     RECOVER: self.recover, LIKE: self.like, UNLIKE: self.unlike, BOOKMARK: self.bookmark, FLAG: self.flag,
                     VOTE: self.vote, UNVOTE: self.unvote, ATTENDANCE: self.attendance, TOPIC_LEVEL: self.topic_level,
                     CATEGORY_LEVEL: self.category_level, MEMBER_LEVEL: self.member_level, ARCHIVE: self.archive,
                     UNARCHIVE: self.unarchive, PROFILE: self.profile}

    def text(self, words):
        self.marks += 1
        mark = "%s-%05d." % (self.tag, self.marks)
        return mark, "%s%s%s %s%s" % (self.random.choice(TWISTS), words, self.random.choice(TWISTS), mark,
                                      self.random.choice(TWISTS))

    def next(self):
        kind = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        item = self.make[kind](self.random.getrandbits(60) | 1)
        if item is not None:
            self.written.append(item)
            self.latest[item.key] = item
        return item

    def last(self, kind, most=10):
        """What one of the last changes of this kind was about, if nothing came after it; None when there is none."""
        recent = [i for i in self.written[-60:] if i.kind == kind and self.latest[i.key] is i][-most:]
        return self.random.choice(recent) if recent else None

    def settle(self, states):
        """Edits that came to an end: `states` are those of the outbox, by id."""
        for post, item in list(self.editing.items()):
            if states.get(item.id) in (DONE, REFUSED, None):
                if states.get(item.id) == DONE:
                    self.texts[post] = item.body.replace("\r\n", "\n").strip(" \t\n\v\f\r")
                del self.editing[post]

    def topic(self, id):
        mark, body = self.text("Een nieuw onderwerp met een tekst die lang genoeg is")
        return Item(id, TOPIC, mark=mark, category=self.ground.category, title="Onderwerp %s van Anna" % mark, body=body)

    def reply(self, id):
        mark, body = self.text("Een antwoord dat lang genoeg is")
        return Item(id, REPLY, mark=mark, topic=self.random.choice(self.ground.topics), number=self.random.choice([0, 0, 1]),
                    body=body)

    def message(self, id):
        mark, body = self.text("Een bericht aan Bram")
        return Item(id, MESSAGE, mark=mark, names="bram", title="Bericht %s" % mark, body=body)

    def edit(self, id):
        post = self.random.choice(list(self.texts))
        if post in self.editing:
            return None
        mark, body = self.text("De tekst is nu anders, en lang genoeg")
        self.editing[post] = Item(id, EDIT, key=("text", post), mark=mark, post=post, topic=self.topic_of[post], body=body,
                                  original=self.texts[post])
        return self.editing[post]

    def delete(self, id):
        return Item(id, DELETE, key=("gone", post), post=post) if (post := self.take(self.ground.gone)) else None

    def recover(self, id):
        was = self.last(DELETE)
        return Item(id, RECOVER, key=was.key, post=was.key[1]) if was else None

    def like(self, id):
        was = self.last(UNLIKE) if self.random.random() < 0.3 else None
        post = was.key[1] if was else self.take(self.ground.liked)
        return Item(id, LIKE, key=("like", post), post=post) if post else None

    def unlike(self, id):
        was = self.last(LIKE)
        return Item(id, UNLIKE, key=was.key, post=was.key[1]) if was else None

    def flag(self, id):
        return Item(id, FLAG, key=("flag", post), post=post, number=8) if (post := self.take(self.ground.kept)) else None

    def bookmark(self, id):
        post = self.take(self.ground.kept)
        mark, body = self.text("om te bewaren")
        return Item(id, BOOKMARK, key=("kept", post), mark=mark, post=post, body=" ".join(body.split())[-90:]) if post else None

    def chosen(self, key):
        return self.latest[key].fields["names"] if key in self.latest else ""

    def vote(self, id):
        post, topic, options = self.random.choice(self.ground.polls)
        return Item(id, VOTE, key=("vote", post), post=post, topic=topic, title="poll", names=self.random.choice(options),
                    original=self.chosen(("vote", post)))

    def unvote(self, id):
        was = self.last(VOTE)
        return Item(id, UNVOTE, key=was.key, post=was.key[1], topic=was.fields["topic"], title="poll",
                    original=self.chosen(was.key)) if was else None

    def attendance(self, id):
        key = ("event", self.random.choice(self.ground.events))
        before = self.latest[key].fields["number"] if key in self.latest else 0
        number = self.random.choice([1, 1, 2, 3, 0])
        return Item(id, ATTENDANCE, key=key, post=key[1], number=number, before=before) if number != before else None

    def level(self, id, kind, key, choices, **about):
        before = self.latest[key].fields["number"] if key in self.latest else about.pop("before")
        number = self.random.choice(choices)
        about.pop("before", None)
        return Item(id, kind, key=key, number=number, before=before, **about) if number != before else None

    def topic_level(self, id):
        topic = self.random.choice(self.ground.topics)
        return self.level(id, TOPIC_LEVEL, ("level", topic), [0, 2, 3], topic=topic, before=1)

    def category_level(self, id):
        category = self.ground.category
        return self.level(id, CATEGORY_LEVEL, ("category", category), [1, 2, 3, 4], category=category, before=1)

    def member_level(self, id):
        return self.level(id, MEMBER_LEVEL, ("member", "bram"), [0, 1], names="bram", before=0)

    def archive(self, id):
        message = self.random.choice(self.ground.messages)
        was = self.latest.get(("archived", message))
        return Item(id, ARCHIVE, key=("archived", message), topic=message) if not was or was.kind == UNARCHIVE else None

    def unarchive(self, id):
        was = self.last(ARCHIVE)
        return Item(id, UNARCHIVE, key=was.key, topic=was.key[1]) if was else None

    def profile(self, id):
        mark, body = self.text("plaats")
        return Item(id, PROFILE, key=("profile", "location"), mark=mark, title="location", body=" ".join(body.split()))

    def take(self, pool):
        return pool.pop() if pool else None


FIND = {  # the value that the server has for a key
    "text": "SELECT raw FROM post WHERE id = ?",
    "gone": "SELECT user_deleted FROM post WHERE id = ?",
    "like": "SELECT count(*) FROM post_action WHERE type = 2 AND post_id = ? AND user_id = :me",
    "kept": "SELECT name FROM bookmark WHERE bookmarkable_type = 'Post' AND bookmarkable_id = ? AND user_id = :me",
    "vote": "SELECT group_concat(v.digest) FROM poll_vote v JOIN poll ON poll.id = v.poll_id WHERE poll.post_id = ?"
            " AND v.user_id = :me",
    "event": "SELECT status FROM invitee WHERE event_id = ? AND user_id = :me",
    "level": "SELECT notification_level FROM topic_user WHERE topic_id = ? AND user_id = :me",
    "flag": "SELECT count(*) FROM post_action WHERE type = 8 AND post_id = ? AND user_id = :me",
    "category": "SELECT coalesce((SELECT notification_level FROM category_user WHERE category_id = ? AND user_id = :me), 1)",
    "member": "SELECT count(*) FROM user_relation r JOIN user u ON u.id = r.other_id WHERE u.username = ? AND r.user_id = :me",
    "archived": "SELECT count(*) FROM message_archived WHERE topic_id = ? AND user_id = :me",
    "profile": "SELECT location FROM user WHERE 'location' = ? AND id = :me",
}


def has(server, me, item):
    """Does the server show what this change wanted?"""
    row = server.execute(FIND[item.key[0]].replace(":me", str(me)), (item.key[1],)).fetchone()
    value = row[0] if row else None
    wanted = {EDIT: item.mark, BOOKMARK: item.mark, PROFILE: item.mark}.get(item.kind)
    if wanted is not None:
        return wanted in (value or "")
    return value == {DELETE: 1, RECOVER: 0, LIKE: 1, UNLIKE: 0, FLAG: 1, ARCHIVE: 1, UNARCHIVE: 0, UNVOTE: None,
                     VOTE: item.fields["names"], ATTENDANCE: ATTENDANCES[item.fields["number"] % 4]
                     }.get(item.kind, item.fields["number"])


def marks(server, tag):
    """Every mark that is on the server."""
    return {found for raw, in server.execute("SELECT raw FROM post UNION ALL SELECT raw FROM pending_post")
            for found in re.findall(re.escape(tag) + r"-\d+\.", raw)}


def copies(server, me, item):
    """How often a text that makes a post is on the server, also when a moderator has to look at it first."""
    return server.execute("SELECT (SELECT count(*) FROM post WHERE user_id = ?1 AND post_type = 1 AND instr(raw, ?2) > 0)"
                          " + (SELECT count(*) FROM pending_post WHERE user_id = ?1 AND instr(raw, ?2) > 0)",
                          (me, item.mark)).fetchone()[0]
