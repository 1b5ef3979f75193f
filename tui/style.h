#pragma once

/* What a piece of text is, not how it looks: a theme turns a role into attributes and colours. */
enum role {
	ROLE_TEXT,
	ROLE_TITLE,    /* row 1: where you are */
	ROLE_STATUS,   /* the status row */
	ROLE_KEYS,     /* the key row */
	ROLE_SELECTED, /* the mark of the row with the focus */
	ROLE_NEW,      /* the word "new" */
	ROLE_LINK,
	ROLE_CODE,
	ROLE_QUOTE,
	ROLE_HEADING,
	ROLE_STRONG,
	ROLE_EMPHASIS,
	ROLE_STRIKE,
	ROLE_ERROR,
	ROLE_FIELD,    /* where the member types */
	ROLE_MUTED,    /* less important text; as readable as the rest */
	ROLE_COUNT,
};
