#include "forum_names.h"

#include <openssl/evp.h>
#include <stdio.h>

#include "forum_group.h"
#include "forum_user.h"

static enum cook_mention find_name(void *data, const char *name)
{
	struct forum *f = data;
	if (forum_user_id(f->db, name) > 0)
		return COOK_USER;
	return forum_group_id(f->db, name) > 0 ? COOK_GROUP : COOK_NOBODY;
}

static bool find_hashtag(void *data, const char *slug, struct cook_hashtag *out)
{
	struct forum *f = data;
	struct sql_query *q = sql_query(f->db,
		"SELECT 'category', id, name, '/c/' || slug || '/' || id FROM category WHERE slug = ?1"
		" UNION ALL SELECT 'tag', id, name, '/tag/' || name FROM tag WHERE name = ?1 LIMIT 1",
		"s", slug);
	bool found = sql_next(q);
	if (found) {
		*out = (struct cook_hashtag){
			.type = sql_text_in(q, 0, f->mem), .id = sql_int(q, 1), .name = sql_text_in(q, 2, f->mem),
			.url = sql_text_in(q, 3, f->mem),
		};
	}
	sql_end(q, NULL);
	return found;
}

static const char *find_avatar(void *data, const char *username)
{
	struct forum *f = data;
	return forum_user_id(f->db, username) > 0 ? forum_avatar_template(f->mem, username) : NULL;
}

/* Only what everyone may read: a quote never tells the title of a closed circle or a message. */
static const char *find_title(void *data, int64_t topic_id)
{
	struct forum *f = data;
	struct viewer nobody = {0};
	return sql_get_text(f->db, f->mem,
		"SELECT t.title FROM topic t WHERE t.id = ?3 AND " FORUM_TOPIC_LISTED("t"), "ini",
		FORUM_VIEWER(nobody), topic_id);
}

void forum_digest(const void *bytes, size_t n, char out[COOK_DIGEST])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;
	EVP_Digest(bytes, n, digest, &length, EVP_md5(), NULL);
	for (unsigned int i = 0; i < length && i < COOK_DIGEST / 2; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

void forum_cook(struct forum *f, const char *raw, int64_t topic_id, struct cooked *out)
{
	const struct cook_context c = {
		.mention = find_name,
		.hashtag = find_hashtag,
		.avatar = find_avatar,
		.topic_title = find_title,
		.digest = forum_digest,
		.data = f,
		.topic_id = topic_id,
	};
	cook_post(&c, raw, out, f->mem);
}
