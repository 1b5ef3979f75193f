#pragma once

/* What is kept at most of each kind of text and list from a server. Discourse's own limits are lower; a server that
 * sends more is cut, never refused for it. Bytes unless the name says otherwise. */
enum wire_size {
	WIRE_NAME = 255,            /* usernames, names of groups, tags, fields, zones */
	WIRE_TITLE = 1024,
	WIRE_SHORT = 2048,          /* one line of free text: location, website, status */
	WIRE_URL = 4096,
	WIRE_LONG = 64 * 1024,      /* a biography, a description, a template */
	WIRE_BODY = 1024 * 1024,    /* a post, raw or as HTML */
	WIRE_ITEMS = 5000,          /* rows of one answer */
	WIRE_STREAM = 100 * 1000,   /* post ids of one topic */
	WIRE_FEW = 200,             /* tags, options, participants, values of one thing */
	WIRE_PAYLOAD = 16 * 1024,   /* an encrypted key as text */
};
