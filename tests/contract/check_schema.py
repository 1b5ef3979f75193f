#!/usr/bin/env python3
"""Compares a server's answers with the API description of Discourse (openapi.json).

    check_schema.py --url https://127.0.0.1:8443 --key KEY --schema openapi.json [--ca ca.pem] [--admin-user NAME]

Prints one line a path, `ok` or `not ok` with the reasons, and ends with 1 when one is not ok. --key is a user API key;
with --admin-user it is an admin's key and requests are made for that member. With --write WORD it writes too: topics,
posts, a message, a like; WORD keeps the texts of two runs apart.

The description was recorded from examples, so it is stricter than the API where an example was poor. What is read more
freely is listed here and nowhere else:
- members it does not know are allowed (plugins add them);
- a value that was null in the example has "null" as one of its types, and may then be anything;
- NULLABLE members are null for some members, topics or messages;
- members named by a number are ids of the recorded site.
"""
import argparse
import json
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

NULLABLE = {"name", "display_username", "category_id", "excerpt", "text", "full_name", "bio_raw", "title",
            "last_seen_at", "last_posted_at", "topic_url", "image_url", "reviewable_id", "unpinned", "featured_topic", "extras"}
# Only in the answer when there is something to say; the recorded example had it.
OPTIONAL = {"excerpt", "image_url"}


class Site:
    def __init__(self, options):
        self.base = options.url.rstrip("/")
        self.context = ssl.create_default_context(cafile=options.ca) if self.base.startswith("https") else None
        self.headers = {"Accept": "application/json"}
        if options.admin_user:
            self.headers.update({"Api-Key": options.key, "Api-Username": options.admin_user})
        else:
            self.headers["User-Api-Key"] = options.key

    def get(self, path):
        return self.ask("GET", path)

    def ask(self, method, path, form=None):
        """The status and the parsed body; None when the body is not JSON."""
        data = urllib.parse.urlencode(form, doseq=True).encode() if form is not None else None
        request = urllib.request.Request(self.base + path, headers=self.headers, data=data, method=method)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        try:
            return status, json.loads(body)
        except ValueError:
            return status, None


def resolve(document, schema):
    while "$ref" in schema:
        found = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def soften(document, schema, name=None):
    """The schema with what the module's docstring says taken out."""
    schema = dict(resolve(document, schema))
    schema.pop("additionalProperties", None)
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        schema.pop("type")
    elif isinstance(kinds, str) and name in NULLABLE:
        schema["type"] = [kinds, "null"]
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            schema[word] = [soften(document, part, name) for part in schema[word]]
    if "properties" in schema:
        schema["properties"] = {key: soften(document, part, key) for key, part in schema["properties"].items()}
    if "required" in schema:
        schema["required"] = [key for key in schema["required"] if key not in OPTIONAL and not key.isdigit()]
    if isinstance(schema.get("items"), dict):
        schema["items"] = soften(document, schema["items"])
    return schema


def schema_of(document, path, method="get"):
    answers = document["paths"][path][method]["responses"]["200"].get("content", {})
    for kind, content in answers.items():
        if "json" in kind:
            return soften(document, content["schema"])
    return None


def first(items, test=lambda item: True):
    return next((item for item in items or [] if test(item)), None)


def addresses(site):
    """Pairs of a path in the description and the address that is asked for it. Ids come from the site itself."""
    me = site.get("/session/current.json")[1]["current_user"]["username"]
    topics = site.get("/latest.json")[1]["topic_list"]["topics"]
    topic = first(topics, lambda t: t["posts_count"] > 2) or topics[0]
    post = site.get("/t/%d.json" % topic["id"])[1]["post_stream"]["posts"]
    category = site.get("/site.json")[1]["categories"][0]
    groups = (site.get("/groups.json")[1] or {}).get("groups") or [{"name": "staff"}]
    tags = (site.get("/tags.json")[1] or {}).get("tags")
    user = urllib.parse.quote(me)
    rows = [
        ("/site.json", "/site.json"),
        ("/site/basic-info.json", "/site/basic-info.json"),
        ("/categories.json", "/categories.json?include_subcategories=true"),
        ("/c/{slug}/{id}.json", "/c/%s/%d.json" % (category["slug"], category["id"])),
        ("/c/{id}/show.json", "/c/%d/show.json" % category["id"]),
        ("/latest.json", "/latest.json"),
        ("/latest.json", "/latest.json?order=activity&per_page=100"),
        ("/top.json", "/top.json?period=all"),
        ("/tags.json", "/tags.json"),
        ("/t/{id}.json", "/t/%d.json" % topic["id"]),
        ("/t/{id}.json", "/t/%d.json?include_raw=1" % topics[-1]["id"]),
        ("/t/{id}/posts.json", "/t/%d/posts.json?post_ids[]=%d" % (topic["id"], post[0]["id"])),
        ("/posts.json", "/posts.json"),
        ("/posts/{id}.json", "/posts/%d.json" % post[0]["id"]),
        ("/posts/{id}/replies.json", "/posts/%d/replies.json" % post[0]["id"]),
        ("/search.json", "/search.json?q=%s" % urllib.parse.quote(topic["title"].split()[0].ljust(3, "a"))),
        ("/notifications.json", "/notifications.json"),
        ("/topics/private-messages/{username}.json", "/topics/private-messages/%s.json" % user),
        ("/topics/private-messages-sent/{username}.json", "/topics/private-messages-sent/%s.json" % user),
        ("/u/{username}.json", "/u/%s.json" % user),
        ("/directory_items.json", "/directory_items.json?period=all"),
        ("/groups.json", "/groups.json"),
        ("/groups/{name}.json", "/groups/%s.json" % groups[0]["name"]),
        ("/groups/{name}/members.json", "/groups/%s/members.json" % groups[0]["name"]),
        ("/user_actions.json", "/user_actions.json?offset=0&username=%s&filter=4,5" % user),
        ("/discourse-post-event/events.json", "/discourse-post-event/events.json?include_details=true"),
    ]
    if tags:
        rows.append(("/tag/{name}.json", "/tag/%s.json" % urllib.parse.quote(tags[0]["name"])))
    return rows


def changes(site, stamp):
    """What is written and how it is answered: the method, its path in the description, the address, the form. `stamp`
    keeps texts of two runs apart."""
    me = site.get("/session/current.json")[1]["current_user"]["username"]
    theirs = first(site.get("/posts.json")[1]["latest_posts"], lambda p: p["username"] != me and first(
        p["actions_summary"], lambda a: a["id"] == 2 and a["can_act"]))
    form = {"title": "Answers that fit %s" % stamp, "raw": "Is this how an answer looks, %s?" % stamp, "category": 1,
            "tags[]": ["contract"]}
    post = site.ask("POST", "/posts.json", form)[1]
    post_address, topic_address = "/posts/%d.json" % post["id"], "/t/-/%d.json" % post["topic_id"]
    reply = {"topic_id": post["topic_id"], "raw": "This is what a reply looks like, %s." % stamp}
    other = site.ask("POST", "/posts.json", {**reply, "raw": "This reply goes away again, %s." % stamp})[1]
    message = {"title": "Answers %s" % stamp, "raw": "Is this how a message looks, %s?" % stamp,
               "archetype": "private_message", "target_recipients": theirs["username"]}
    return [
        ("post", "/posts.json", "/posts.json", {**form, "title": "Other answers that fit %s" % stamp,
                                                "raw": "And is this how it looks, %s?" % stamp}),
        ("post", "/posts.json", "/posts.json", reply),
        ("post", "/posts.json", "/posts.json", message),
        ("put", "/posts/{id}.json", post_address, {"post[raw]": "And this is how a change looks, %s." % stamp}),
        ("put", "/t/-/{id}.json", topic_address, {"title": "Changed answers that fit %s" % stamp}),
        ("post", "/t/{id}/notifications.json", "/t/%d/notifications.json" % post["topic_id"], {"notification_level": 3}),
        ("post", "/post_actions.json", "/post_actions.json", {"id": theirs["id"], "post_action_type_id": 2}),
        ("put", "/notifications/mark-read.json", "/notifications/mark-read.json", {}),
        ("put", "/u/{username}.json", "/u/%s.json" % urllib.parse.quote(me), {"location": "Zwolle"}),
        ("delete", "/posts/{id}.json", "/posts/%d.json" % other["id"], None),
    ]


def reasons(schema, body):
    errors = jsonschema.Draft202012Validator(schema).iter_errors(body)
    found = sorted({"%s: %s" % ("/".join("*" if isinstance(p, int) else str(p) for p in e.absolute_path) or "(whole)",
                                e.message[:160]) for e in errors})
    return found


def main():
    parser = argparse.ArgumentParser()
    for name in ("url", "key", "schema"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--ca")
    parser.add_argument("--admin-user")
    parser.add_argument("--write", metavar="WORD", help="also write; texts hold this word")
    options = parser.parse_args()
    with open(options.schema, encoding="utf-8") as file:
        document = json.load(file)
    site, failed = Site(options), 0
    rows = [("get", path, address, None) for path, address in addresses(site)]
    if options.write:
        rows += changes(site, options.write)
    for method, path, address, form in rows:
        schema = schema_of(document, path, method)
        status, body = site.ask(method.upper(), address, form)
        none = [] if method == "delete" else ["no description"]
        wrong = ["status %d" % status] if status != 200 else reasons(schema, body) if schema else none
        print("%s %s%s" % ("not ok" if wrong else "ok", "" if method == "get" else method.upper() + " ", address))
        for line in wrong:
            print("    " + line)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
