#!/usr/bin/env python3
"""Discourse's own MCP package, from npm and unchanged, reads and writes a kringd, and gets a key for itself.

    test_mcp.py KRINGD FOLDER

FOLDER keeps the package between runs."""
import json
import os
import re
import select
import shutil
import subprocess
import sys

from kringd import Kringd, Report, Visitor, ended, skip

PACKAGE, VERSION = "@discourse/mcp", "0.3.1"
TOOLSETS = "site,search,topics,users,chat,drafts,private_messages,activity,administration,groups,moderation,analytics"
# Tools about what a kringd does not have. They say so in an error and nothing breaks.
ABSENT = {
    "discourse_get_chat_messages": {"channel_id": 1},
    "discourse_get_topic_view_stats": {"topic_id": 1},
    "discourse_list_site_settings": {},
    "discourse_list_group_membership_requests": None,  # asks for members: nobody has to ask here
    "discourse_get_review_queue_count": {},
    "discourse_list_reviewables": {},
    "discourse_list_reviewable_topics": {},
    "discourse_get_reviewable": {"reviewable_id": 1},
    "discourse_get_post_revision": {"post_id": 1},
    "discourse_list_reports": {},
    "discourse_get_report": {"report_type": "posts"},
    "discourse_get_support_dashboard": {},
}


def install(folder):
    """The package's folder; without it the test is skipped."""
    package = os.path.join(folder, "node_modules", *PACKAGE.split("/"))
    if not os.path.exists(os.path.join(package, "dist", "index.js")):
        if not shutil.which("node") or not shutil.which("npm"):
            skip("node and npm are not installed")
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0",
                   "--fetch-timeout=20000", "--prefix", folder, "%s@%s" % (PACKAGE, VERSION)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=100).returncode == 0
        except subprocess.TimeoutExpired:
            done = False
        if not done:
            skip("npm cannot get %s %s" % (PACKAGE, VERSION))
    with open(os.path.join(package, "package.json"), encoding="utf-8") as file:
        found = json.load(file)["version"]
    if found != VERSION:
        raise RuntimeError("%s %s in %s, not %s" % (PACKAGE, found, folder, VERSION))
    return os.path.join(package, "dist")


class Client:
    """Speaks MCP, one JSON a line, with the package's server."""

    def __init__(self, process):
        self.process, self.count = process, 0
        self.ask("initialize", protocolVersion="2025-03-26", capabilities={},
                 clientInfo={"name": "kring-contract", "version": "1"})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def ask(self, method, **params):
        self.count += 1
        self.send({"jsonrpc": "2.0", "id": self.count, "method": method, "params": params})
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the package's server ended")
            answer = json.loads(line)
            if answer.get("id") == self.count:
                return answer["result"]

    def tool(self, name, /, **arguments):
        """Whether it went well, and the JSON that the tool gives."""
        answer = self.ask("tools/call", name=name, arguments=arguments)
        return not answer.get("isError"), json.loads(answer["content"][0]["text"])

    def read(self, uri):
        return json.loads(self.ask("resources/read", uri=uri)["contents"][0]["text"])


def node_with_pkcs1():
    """node that opens RSA with the padding of an older Discourse: some versions have to be asked, and say so on stdout."""
    asked = ["node", "--security-revert=CVE-2023-46809"]
    return asked if subprocess.run([*asked, "--version"], capture_output=True).returncode == 0 else asked[:1]


def started(dist, kringd, *words, node=("node",)):
    return ended(subprocess.Popen([*node, os.path.join(dist, "index.js"), *words], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
                                  env={**os.environ, "NODE_EXTRA_CA_CERTS": kringd.ca}))


class Reading:
    """Every reading tool once with real arguments; what it gives is compared with kringd's own answer."""

    def __init__(self, report, kringd, client, key):
        self.report, self.kringd, self.client, self.key = report, kringd, client, key
        self.called = set(ABSENT)

    def tool(self, name, good, /, **arguments):
        self.called.add(name)
        went, got = self.client.tool(name, **arguments)
        self.report.check(went and good(got), "%s %s" % (name, json.dumps(arguments)), json.dumps(got)[:400])
        return got

    def topics(self):
        latest = self.kringd.ask("/latest.json", self.key)[1]["topic_list"]["topics"]
        topic = next(t for t in latest if t["reply_count"] > 1 and t["tags"])
        self.tool("discourse_search", lambda a: topic["id"] in [r["id"] for r in a["results"]], query='"%s"' % topic["title"])
        self.tool("discourse_search_posts", lambda a: a["posts"] and "ervaring" in json.dumps(a["posts"]).lower(), query="ervaring")
        self.tool("discourse_filter_topics", lambda a: topic["id"] in [r["id"] for r in a["results"]] and all(
            topic["tags"][0] in r["tags"] for r in a["results"]), filter="tag:%s" % topic["tags"][0]["slug"], per_page=50)
        self.tool("discourse_filter_topics", lambda a: len(a["results"]) == 3 and a["meta"]["has_more"],
                  view="top", top_period="all", per_page=3)
        read = self.tool("discourse_read_topic", lambda a: a["title"] == topic["title"] and len(a["posts"]) == 3
                         and a["posts"][0]["raw"], topic_id=topic["id"], post_limit=3)
        self.tool("discourse_read_topic", lambda a: [p["post_number"] for p in a["posts"]] == [2],
                  topic_id=topic["id"], post_limit=1, start_post_number=2)
        self.posts(topic, read["posts"])

    def posts(self, topic, posts):
        first = posts[0]
        self.tool("discourse_read_post", lambda a: a["raw"] == first["raw"] and a["topic_id"] == topic["id"], post_id=first["id"])
        for mode, more, good in (
                ("earliest", {"limit": 2}, lambda a: [p["id"] for p in a["posts"]] == [p["id"] for p in posts[:2]]),
                ("latest", {"limit": 1}, lambda a: a["posts"][0]["post_number"] == topic["highest_post_number"]),
                ("post_ids", {"post_ids": [posts[1]["id"]]}, lambda a: a["posts"][0]["raw"] == posts[1]["raw"]),
                ("around_post", {"post_number": 2}, lambda a: posts[1]["id"] in [p["id"] for p in a["posts"]]),
                ("usernames", {"usernames": [first["username"]]}, lambda a: {p["username"] for p in a["posts"]} == {first["username"]})):
            self.tool("discourse_read_topic_posts", good, topic_id=topic["id"], selection_mode=mode, **more)
        feed = self.tool("discourse_list_latest_posts", lambda a: len(a["posts"]) == 50)
        answered = next(p for p in feed["posts"] if p["reply_count"])
        self.tool("discourse_get_post_replies", lambda a: len(a["replies"]) >= answered["reply_count"], post_id=answered["id"],
                  mode="reply_ids")
        self.tool("discourse_get_post_replies", lambda a: len(a["posts"]) == answered["reply_count"], post_id=answered["id"],
                  mode="direct_replies")

    def people(self):
        noor = self.kringd.ask("/u/noor.json", self.key)[1]["user"]
        self.tool("discourse_get_user", lambda a: a["name"] == noor["name"] and a["bio"] == noor["bio_raw"][:500], username="noor")
        self.tool("discourse_list_user_posts", lambda a: len(a["posts"]) == 2 and a["posts"][0]["excerpt"], username="noor", limit=2)
        self.tool("discourse_get_user_summary", lambda a: a["likes_received"] > 0, username="noor")
        self.tool("discourse_list_user_actions", lambda a: {r["action_type"] for r in a["actions"]} <= {"topics", "replies"}
                  and a["actions"], username="noor", action_types=["topics", "replies"])
        self.tool("discourse_list_directory_items", lambda a: len(a["directory_items"]) > 30
                  and a["meta"]["total"] == len(a["directory_items"]), period="all", limit=50)
        self.tool("discourse_get_draft", lambda a: not a["found"], draft_key="new_topic")
        inbox = self.tool("discourse_list_private_messages", lambda a: a["messages"] and a["username"] == "sanne")
        self.tool("discourse_list_private_messages", lambda a: a["mailbox"] == "sent", mailbox="sent")
        self.tool("discourse_read_private_message", lambda a: a["title"] == inbox["messages"][0]["title"] and a["posts"],
                  topic_id=inbox["messages"][0]["topic_id"])

    def places(self):
        mine = {c["id"] for c in self.kringd.ask("/site.json", self.key)[1]["categories"]}
        self.tool("discourse_list_categories", lambda a: {c["id"] for c in a["categories"]} == mine and a["meta"]["complete"])
        self.tool("discourse_list_categories", lambda a: [c["name"] for c in a["categories"]] == ["Intervisie"], term="intervi")
        groups = self.tool("discourse_list_groups", lambda a: "intervisie_online_a" in [g["name"] for g in a["groups"]])
        group = next(g for g in groups["groups"] if g["name"] == "intervisie_online_a")
        self.tool("discourse_get_group", lambda a: a["group"]["id"] == group["id"], name=group["name"])
        self.tool("discourse_get_group", lambda a: a["group"]["name"] == group["name"], id=group["id"])
        self.tool("discourse_list_group_members", lambda a: len(a["members"]) == group["user_count"], name=group["name"])
        self.tool("discourse_list_group_posts", lambda a: len(a["posts"]) == 20, group_name=group["name"])
        tags = {t["name"] for t in self.kringd.ask("/tags.json", self.key)[1]["tags"]}
        for uri, good in (("discourse://site/categories", lambda a: {c["id"] for c in a["categories"]} == mine),
                          ("discourse://site/tags", lambda a: {t["name"] for t in a["tags"]} == tags),
                          ("discourse://site/groups", lambda a: group["id"] in [g["id"] for g in a["groups"]]),
                          ("discourse://user/drafts", lambda a: a["drafts"] == [])):
            got = self.client.read(uri)
            self.report.check(good(got), uri, json.dumps(got)[:400])

    def staff(self, is_staff):
        went, got = self.client.tool("discourse_list_users")
        self.report.check(went == is_staff and (not went or len(got["users"]) > 30), "discourse_list_users", json.dumps(got)[:200])
        went, got = self.client.tool("discourse_get_user_moderation_summary", username="noor")
        self.report.check(went == is_staff and (not went or got["deleted_posts"] == 0), "discourse_get_user_moderation_summary", got)
        self.called |= {"discourse_list_users", "discourse_get_user_moderation_summary", "discourse_select_site"}

    def absent(self):
        for name, arguments in ABSENT.items():
            if arguments is not None:
                went, got = self.client.tool(name, **arguments)
                self.report.check(not went and "error" in got, "%s says that it is not there" % name, got)


def read_all(report, dist, kringd):
    key = kringd.key("sanne")
    pair = {"site": kringd.url, "user_api_key": key, "user_api_client_id": "kring-contract"}
    words = ["--toolsets", TOOLSETS, "--tools_mode", "discourse_api_only", "--log_level", "silent", "--auth_pairs"]
    with started(dist, kringd, *words, json.dumps([pair])) as process:
        reading = Reading(report, kringd, Client(process), key)
        tools = [tool["name"] for tool in reading.client.ask("tools/list")["tools"]]
        print("# %d tools, as a member" % len(tools))
        went, got = reading.client.tool("discourse_select_site", site=kringd.url)
        report.check(went and got["title"] == "Kring van Ervaring", "discourse_select_site", got)
        reading.topics()
        reading.people()
        reading.places()
        reading.absent()
        reading.staff(False)
        report.equal(sorted(set(tools) - reading.called), [], "every tool was called")
    print("# as nobody")
    with started(dist, kringd, "--site", kringd.url, *words[:-1]) as process:
        client = Client(process)
        went, got = client.tool("discourse_list_latest_posts")
        report.check(went and len(got["posts"]) == 50, "discourse_list_latest_posts", json.dumps(got)[:200])
        went, got = client.tool("discourse_list_categories")
        report.check(went and len(got["categories"]) > 5, "discourse_list_categories", got)
        closed = {c["name"] for c in kringd.ask("/site.json", key)[1]["categories"] if c["read_restricted"]}
        report.check(closed and not closed & {c["name"] for c in got["categories"]}, "closed places are not in it", got)
        report.check(not client.tool("discourse_list_private_messages")[0], "discourse_list_private_messages asks for a login")
    print("# as an admin")
    pair = {"site": kringd.url, "api_key": kringd.key(), "api_username": "beheer"}
    with started(dist, kringd, *words, json.dumps([pair])) as process:
        reading = Reading(report, kringd, Client(process), key)
        reading.client.tool("discourse_select_site", site=kringd.url)
        reading.staff(True)


class Writing(Reading):
    """Every writing tool for a member once, and what kringd then shows."""

    def topics(self):
        made = self.tool("discourse_create_topic", lambda a: a["id"] and a["username"] == "sanne", title="Wie rekent per dagdeel?",
                         raw="Ik wil mijn prijs per dagdeel gaan rekenen.", category_id=1, tags=["prijzen"])
        reply = self.tool("discourse_create_post", lambda a: a["post_number"] == 2, topic_id=made["topic_id"],
                          raw="Ik begin zelf met een voorbeeld.")
        self.tool("discourse_update_post", lambda a: a["edit_reason"] == "netter", post_id=reply["id"],
                  raw="Ik begin zelf met een duidelijk voorbeeld.", edit_reason="netter")
        self.tool("discourse_update_topic", lambda a: a["topic"]["title"] == "Wie rekent er per dagdeel?",
                  topic_id=made["topic_id"], title="Wie rekent er per dagdeel?", tags=["prijzen", "offerte"])
        went, got = self.client.tool("discourse_create_post", topic_id=made["topic_id"], raw="kort")
        self.report.check(not went and "De tekst is te kort." in json.dumps(got), "a refusal in kringd's own words", got)
        shown = self.kringd.ask("/t/%d.json?include_raw=1" % made["topic_id"], self.key)[1]
        self.report.equal([shown["title"], sorted(t["name"] for t in shown["tags"])],
                          ["Wie rekent er per dagdeel?", ["offerte", "prijzen"]], "the topic")
        self.report.equal([p["raw"] for p in shown["post_stream"]["posts"]],
                          ["Ik wil mijn prijs per dagdeel gaan rekenen.", "Ik begin zelf met een duidelijk voorbeeld."], "its posts")

    def messages(self):
        made = self.tool("discourse_create_private_message", lambda a: a["id"] and a["post_number"] == 1, usernames=["noor"],
                         title="Even over dinsdag", raw="Kun je dinsdag ook?")
        self.tool("discourse_reply_private_message", lambda a: a["post_number"] == 2, topic_id=made["topic_id"],
                  raw="Of liever woensdag?")
        self.tool("discourse_invite_to_private_message", lambda a: a["user"]["username"] == "beheer", topic_id=made["topic_id"],
                  username="beheer")
        self.tool("discourse_read_private_message", lambda a: len(a["posts"]) == 2, topic_id=made["topic_id"])

    def drafts(self):
        saved = self.tool("discourse_save_draft", lambda a: a["saved"], draft_key="new_topic", reply="Half af",
                          sequence=self.kringd.ask("/drafts/new_topic.json", self.key)[1]["draft_sequence"])
        self.tool("discourse_get_draft", lambda a: a["found"] and "Half af" in json.dumps(a), draft_key="new_topic")
        self.tool("discourse_delete_draft", lambda a: a["deleted"], draft_key="new_topic", sequence=saved["sequence"])
        self.tool("discourse_get_draft", lambda a: not a["found"], draft_key="new_topic")

    def people(self):
        self.tool("discourse_update_user", lambda a: a["success"], username="sanne", location="Zwolle")
        self.report.equal(self.kringd.ask("/u/sanne.json", self.key)[1]["user"]["location"], "Zwolle", "the place of a member")


def write_all(report, dist, kringd):
    key = kringd.key("sanne")
    pair = {"site": kringd.url, "user_api_key": key, "user_api_client_id": "kring-contract-writes"}
    with started(dist, kringd, "--toolsets", TOOLSETS, "--tools_mode", "discourse_api_only", "--log_level", "silent",
                 "--allow_writes", "true", "--auth_pairs", json.dumps([pair])) as process:
        writing = Writing(report, kringd, Client(process), key)
        writing.client.tool("discourse_select_site", site=kringd.url)
        writing.topics()
        writing.messages()
        writing.drafts()
        writing.people()


def text_until(stream, pattern, seconds=30):
    """What comes out until the pattern is in it."""
    text = ""
    while not re.search(pattern, text):
        if not select.select([stream], [], [], seconds)[0]:
            raise RuntimeError("no %r in %r" % (pattern, text))
        more = os.read(stream.fileno(), 4096).decode()
        if not more:
            raise RuntimeError("no %r in %r" % (pattern, text))
        text += more
    return text


def key_by_code(report, kringd, process):
    said = text_until(process.stderr, r"Waiting for authorization")
    url, code = re.search(r"https://\S+", said.split("Open this URL")[1]).group(), re.search(r"([A-Z2-9]{4}-[A-Z2-9]{4})", said).group()
    print("# it says: open %s, type %s" % (url, code))
    visitor = Visitor(kringd)
    page = visitor.log_in("sanne", page=visitor.open(url))
    asked = visitor.send(page, "look", user_code=code)
    report.check("Discourse MCP" in asked.text, "the page names the program", asked.text)
    given = visitor.send(asked, "approve")
    report.check("Er is toegang gegeven" in given.text, "the page says that access was given", given.text)


def key_by_paste(report, kringd, process):
    said = text_until(process.stderr, r"copy the encrypted payload")
    url = re.search(r"https://\S+/user-api-key/new\S+", said).group()
    print("# it says: open %s..." % url[:60])
    visitor = Visitor(kringd)
    page = visitor.send(visitor.log_in("sanne", page=visitor.open(url)), "approve")
    report.check(len(page.code) > 300, "the page shows the payload", page.text)
    process.stdin.write(re.sub(r"\s", "", page.code) + "\n")
    process.stdin.flush()


def get_key(report, dist, kringd, how):
    with started(dist, kringd, "generate-user-api-key", "--site", kringd.url, "--scopes", "read",
                 node=node_with_pkcs1()) as process:
        how(report, kringd, process)
        out, said = process.communicate(timeout=30)
    report.equal(process.returncode, 0, "generate-user-api-key ends well")
    found = re.search(r'"user_api_key":\s*"([0-9a-f]{32})"', out)
    if report.check(found, "it prints a key", out + said):
        status, body = kringd.ask("/session/current.json", found.group(1))
        report.equal((status, body["current_user"]["username"] if status == 200 else None), (200, "sanne"), "the key is sanne's")


def main():
    dist = install(sys.argv[2])
    report = Report()
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        read_all(report, dist, kringd)
        print("# writing, as a member")
        write_all(report, dist, kringd)
        print("# a key with a code")
        get_key(report, dist, kringd, key_by_code)
        kringd.stop()
        kringd.start("--old-discourse")
        print("# a key by copying, as with an older Discourse")
        get_key(report, dist, kringd, key_by_paste)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
