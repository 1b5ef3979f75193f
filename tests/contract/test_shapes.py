#!/usr/bin/env python3
"""kringd's answers next to recorded answers of Discourse, where the API description has none.

    test_shapes.py KRINGD

KRING_TEST_DATA is the folder that holds discourse/fixtures/, discourse/api.md and discourse/openapi.json. Of the recorded
object and of the objects in it: every member that api.md names is in kringd's answer, with the same JSON type or null.
What is in none of kringd's answers on purpose stands in the row, with the reason."""
import json
import os
import re
import sqlite3
import sys

from kringd import Kringd, Report, skip

DRAFT = {"reply": "Ik denk nog na over mijn antwoord.", "action": "reply", "categoryId": 1}


def at(body, path):
    """The part of the body that the path names; "posts/0" takes the first of a list."""
    for part in path.split("/") if path else []:
        body = body[int(part)] if part.isdigit() else body[part]
    return body


def kind(value):
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    return {str: "string", list: "list", dict: "object", type(None): "null"}[type(value)]


def members(value):
    """Every value that a member has, in the object itself or in the objects of the list."""
    found = {}
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            for name, inside in item.items():
                found.setdefault(name, []).append(inside)
    return found


def differences(wanted, got, names, without, depth=2, path=""):
    """Lines about members that are missing or of another type. An empty list says nothing about what is in it."""
    if isinstance(got, list) and not got:
        return []
    lines, have = [], members(got)
    for name, values in members(wanted).items():
        where = path + name
        if name not in names or where in without:
            continue
        if name not in have:
            lines.append("%s is missing" % where)
            continue
        kinds = {kind(value) for value in values} | {"null"}
        other = {kind(value) for value in have[name]} - kinds
        if other and kinds != {"null"}:
            lines.append("%s is %s, not %s" % (where, "/".join(sorted(other)), "/".join(sorted(kinds))))
        elif depth > 1:
            for value, mine in zip(values[:1], have[name][:1]):
                lines += differences(value, mine, names, without, depth - 1, where + "/")
    return lines


OLD = "no longer said by a newer Discourse"
POST_SUMMARY = "a search says little about a post; the record is older, /search.json shows today's shape"

# file, its answer, the part of it, kringd's address, the part of it, what is left out and why.
ROWS = (
    ("session.json", "/session/current.json", "current_user", "/session/current.json", "current_user", {}),
    ("about.json", "about.json", "about", "/about.json", "about", {}),
    ("drafts.json", "/drafts.json", "", "/drafts.json", "", {}),
    ("drafts.json", "/drafts/topic_280.json", "", "/drafts/{draft}.json", "", {}),
    ("user.json", "/u/eviltrout/bookmarks.json", "user_bookmark_list", "/u/sanne/bookmarks.json", "user_bookmark_list", {}),
    ("user-menu.json", "/u/:username/user-menu-bookmarks", "", "/u/sanne/user-menu-bookmarks.json", "", {}),
    ("user-menu.json", "/u/:username/user-menu-private-messages", "", "/u/sanne/user-menu-private-messages.json", "",
        {"topics/bookmarks": OLD}),
    ("user.json", "/u/charlie/card.json", "user", "/u/noor/card.json", "user", {}),
    ("user.json", "/u/charlie/card.json", "user", "/user-cards.json?user_ids={user}", "users/0", {}),
    ("user.json", "/u/charlie/summary.json", "user_summary", "/u/noor/summary.json", "user_summary", {}),
    ("user.json", "/u/charlie.json", "user", "/u/sanne.json", "user", {}),
    ("user.json", "/topics/created-by/eviltrout.json", "topic_list", "/topics/created-by/noor.json", "topic_list", {}),
    ("poll.json", "/t/topic_with_pie_chart_poll.json", "post_stream/posts/0", "/t/{poll_topic}/{poll_number}.json",
        "post_stream/posts/{poll_index}", {"polls_votes/poll": "the name of the recorded poll"}),
    ("poll.json", "/t/topic_with_pie_chart_poll.json", "post_stream/posts/0/polls/0", "/posts/{poll_post}.json", "polls/0", {}),
    ("search.json", "search/query", "", "/search/query.json?term=ervaring", "", {"posts": POST_SUMMARY}),
    ("search.json", "/search.json", "posts/0", "/search/query.json?term=ervaring", "posts/0", {}),
    ("search.json", "/search.json", "", "/search.json?q=ervaring", "", {"topics/excerpt": "of pinned topics only"}),
    ("group.json", "/groups/discourse/members.json", "", "/groups/trust_level_0/members.json", "", {}),
    ("group.json", "/groups/discourse/posts.json", "", "/groups/intervisie_online_a/posts.json", "posts",
        {"category": "its id only, with the categories beside the posts"}),
    ("pending-posts.json", "/posts/eviltrout/pending.json", "", "/posts/sanne/pending.json", "", {}),
    ("post.json", "/posts/398", "", "/posts/{post}.json", "", {"actions_summary/hidden": OLD}),
)


def names_in(text):
    return set(re.findall(r"[a-z][a-z0-9_]+", text))


def add_draft(kringd, topic_id):
    with sqlite3.connect(os.path.join(kringd.data, "kringd.sqlite")) as db:
        db.execute("INSERT INTO draft (user_id, draft_key, sequence, data, updated_ms)"
                   " SELECT id, ?, 3, ?, 1772528400000 FROM user WHERE username = 'sanne'",
                   ("topic_%d" % topic_id, json.dumps(DRAFT)))
    db.close()


def ids(kringd, key):
    """What the addresses need, and the topic of the draft. The poll takes more than one answer, and sanne voted."""
    topics = kringd.ask("/latest.json?per_page=100", key)[1]["topic_list"]["topics"]
    known = {"user": kringd.ask("/u/noor.json", key)[1]["user"]["id"], "draft": "topic_%d" % topics[0]["id"]}
    for topic in topics:
        posts = kringd.ask("/t/%d.json" % topic["id"], key)[1]["post_stream"]["posts"]
        known.setdefault("post", posts[0]["id"])
        for index, post in enumerate(posts):
            if any(poll["type"] == "multiple" for poll in post.get("polls") or ()):
                return {**known, "poll_post": post["id"], "poll_topic": topic["id"], "poll_index": index,
                        "poll_number": posts[0]["post_number"]}, topics[0]["id"]
    raise RuntimeError("the sample has no such poll")


def check_events(report, kringd, key, description, names):
    """One event and its invitees: recorded nowhere, so the list's description and api.md's names count."""
    found = kringd.ask("/discourse-post-event/events.json?include_details=true", key)[1]["events"]
    listed = next(e for e in found if e["stats"]["going"] > 0)
    event = kringd.ask("/discourse-post-event/events/%d.json" % listed["id"], key)[1]["event"]
    answers = description["paths"]["/discourse-post-event/events.json"]["get"]["responses"]["200"]["content"]
    required = answers["application/json"]["schema"]["properties"]["events"]["items"]["properties"]
    report.equal(sorted((set(required) & names & set(listed)) - set(event)), [], "an event alone says what it says in the list")
    report.equal({n: event[n] for n in ("id", "starts_at", "ends_at", "stats", "status")},
                 {n: listed[n] for n in ("id", "starts_at", "ends_at", "stats", "status")}, "and the same about %s" % event["id"])
    going = kringd.ask("/discourse-post-event/events/%d/invitees.json?type=going" % event["id"], key)[1]
    report.equal(len(going["invitees"]), event["stats"]["going"], "as many invitees as the event counts")
    for row in going["invitees"]:
        if not {"id": "number", "status": "string", "user": "object", "post_id": "number"}.items() <= {
                n: kind(v) for n, v in row.items()}.items() or row["status"] != "going" or row["post_id"] != event["id"]:
            report.check(False, "an invitee", row)
    print("# meta.suggested_users is for who may invite")
    as_admin = {"Api-Key": kringd.key(), "Api-Username": "beheer"}
    found = kringd.ask("/discourse-post-event/events/%d/invitees.json?filter=a" % event["id"], headers=as_admin)[1]
    report.equal(kind(found.get("meta", {}).get("suggested_users")), "list", "a beginning of a name gets suggestions")


def main():
    data = os.environ.get("KRING_TEST_DATA")
    if not data:
        skip("KRING_TEST_DATA is not set")
    folder, report = os.path.join(data, "discourse"), Report()
    with open(os.path.join(folder, "api.md"), encoding="utf-8") as file:
        names = names_in(file.read())
    with open(os.path.join(folder, "openapi.json"), encoding="utf-8") as file:
        description = json.load(file)
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        key = kringd.key("sanne")
        known, topic_id = ids(kringd, key)
        add_draft(kringd, topic_id)
        for name, answer, part, address, my_part, without in ROWS:
            with open(os.path.join(folder, "fixtures", name), encoding="utf-8") as file:
                wanted = at(json.load(file)[answer], part)
            status, body = kringd.ask(address.format(**known), key)
            what = "%s %s" % (address, my_part)
            if not report.equal(status, 200, what + " answers"):
                continue
            try:
                got = at(body, my_part.format(**known))
            except (KeyError, IndexError) as error:
                report.check(False, what, "no %s" % error)
                continue
            lines = differences(wanted, got, names, without)
            report.check(not lines, what, "\n    " + "\n    ".join(lines))
        check_events(report, kringd, key, description, names)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
