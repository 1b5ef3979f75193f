#pragma once

/* Only the reader's own colours, one column, a focus that can be seen. */
static const char page_style[] =
	":root { color-scheme: light dark; }\n"
	"body { font: 1.1rem/1.6 sans-serif; max-width: 38rem; margin: 0 auto; padding: 1rem; overflow-wrap:"
	" break-word; }\n"
	"header p { font-weight: bold; margin: 0; }\n"
	"h1 { font-size: 1.6rem; line-height: 1.3; }\n"
	"label { display: block; font-weight: bold; margin-top: 1rem; }\n"
	"input { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; border: 2px solid; }\n"
	"button { font: inherit; margin: 1rem 0.5rem 0 0; padding: 0.5rem 1rem; border: 2px solid; }\n"
	"pre { font-size: 0.95rem; border: 2px solid; padding: 0.5rem; white-space: pre-wrap; overflow-wrap:"
	" anywhere; }\n"
	"pre { user-select: all; }\n"
	"[role=alert] { border: 2px solid; padding: 0.5rem; }\n"
	":focus-visible { outline: 4px solid; outline-offset: 2px; }\n"
	"[role=alert]:focus-visible { outline-width: 2px; outline-offset: 0; }\n";
