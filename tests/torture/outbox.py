"""What the member writes, and what must become of it: kinds of changes with words of their own, and how to find each in the
database of the server."""

(TOPIC, REPLY, MESSAGE, EDIT, DELETE, RECOVER, LIKE, UNLIKE, BOOKMARK, UNBOOKMARK, FLAG, TOPIC_LEVEL, CATEGORY_LEVEL,
 MEMBER_LEVEL, ARCHIVE, UNARCHIVE, VOTE, UNVOTE, ATTENDANCE, PROFILE, READ_ALL) = range(1, 22)
DRAFT, WAITING, SENDING, UNSURE, DONE, REFUSED, MERGED = range(7)
ATTENDANCES = [None, "going", "interested", "not_going"]
# How often each kind is written.
WEIGHTS = {REPLY: 34, TOPIC: 9, MESSAGE: 9, EDIT: 12, DELETE: 3, LIKE: 9, BOOKMARK: 5, VOTE: 5, ATTENDANCE: 6, TOPIC_LEVEL: 4,
           PROFILE: 4}
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
        self.make = {TOPIC: self.topic, REPLY: self.reply, MESSAGE: self.message, EDIT: self.edit, DELETE: self.delete,
                     LIKE: self.like, BOOKMARK: self.bookmark, TOPIC_LEVEL: self.level, VOTE: self.vote,
                     ATTENDANCE: self.attendance, PROFILE: self.profile}

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
        return item

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

    def like(self, id):
        return Item(id, LIKE, key=("like", post), post=post) if (post := self.take(self.ground.liked)) else None

    def bookmark(self, id):
        post = self.take(self.ground.kept)
        mark, body = self.text("om te bewaren")
        return Item(id, BOOKMARK, key=("kept", post), mark=mark, post=post, body=" ".join(body.split())[-90:]) if post else None

    def vote(self, id):
        post, topic, options = self.random.choice(self.ground.polls)
        return Item(id, VOTE, key=("vote", post), post=post, topic=topic, title="poll", names=self.random.choice(options))

    def attendance(self, id):
        return Item(id, ATTENDANCE, key=("event", post := self.random.choice(self.ground.events)), post=post,
                    number=self.random.choice([1, 2, 3]))

    def level(self, id):
        return Item(id, TOPIC_LEVEL, key=("level", topic := self.random.choice(self.ground.topics)), topic=topic,
                    number=self.random.choice([0, 2, 3]), before=1)

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
    "profile": "SELECT location FROM user WHERE 'location' = ? AND id = :me",
}


def has(server, me, item):
    """Does the server show what this change wanted?"""
    row = server.execute(FIND[item.key[0]].replace(":me", str(me)), (item.key[1],)).fetchone()
    value = row[0] if row else None
    wanted = {EDIT: item.mark, BOOKMARK: item.mark, PROFILE: item.mark}.get(item.kind)
    if wanted is not None:
        return wanted in (value or "")
    return value == {DELETE: 1, LIKE: 1, VOTE: item.fields["names"], ATTENDANCE: ATTENDANCES[item.fields["number"] % 4],
                     TOPIC_LEVEL: item.fields["number"]}[item.kind]


def copies(server, me, item):
    """How often a text that makes a post is on the server."""
    return server.execute("SELECT count(*) FROM post WHERE user_id = ? AND post_type = 1 AND instr(raw, ?) > 0",
                          (me, item.mark)).fetchone()[0]
