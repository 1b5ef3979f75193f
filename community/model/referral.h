#pragma once
#include <stddef.h>

/* What could show who a client is, in a text for other members. It only points at words: the member decides. */
enum referral_reason {
	REFERRAL_EMAIL,
	REFERRAL_PHONE,
	REFERRAL_NUMBER,    /* nine digits, as of a citizen service number */
	REFERRAL_BIRTH_DATE,
	REFERRAL_AGE,
	REFERRAL_NAME,
	REFERRAL_POSTCODE,
};

struct referral_hit {
	enum referral_reason reason;
	size_t at, bytes;   /* the words in the text */
	int line;           /* from 1 */
};

/* In the order of the text; returns how many, at most max. `year`: now. A date of the last years is no date
 * of birth. */
int referral_check(const char *text, int year, struct referral_hit *out, int max);
/* A sentence for a person, translated. */
const char *referral_says(enum referral_reason reason);
