#include "post_flags.h"

int64_t post_flags(const struct post *p)
{
	return (p->liked ? POST_FLAG_LIKED : 0) | (p->can_like ? POST_FLAG_CAN_LIKE : 0)
		| (p->can_edit ? POST_FLAG_CAN_EDIT : 0) | (p->can_delete ? POST_FLAG_CAN_DELETE : 0)
		| (p->can_recover ? POST_FLAG_CAN_RECOVER : 0) | (p->yours ? POST_FLAG_YOURS : 0)
		| (p->hidden ? POST_FLAG_HIDDEN : 0) | (p->deleted ? POST_FLAG_DELETED : 0)
		| (p->bookmarked ? POST_FLAG_BOOKMARKED : 0) | (p->wiki ? POST_FLAG_WIKI : 0)
		| (p->poll_count > 0 ? POST_FLAG_POLLS : 0) | (p->like_final ? POST_FLAG_LIKE_FINAL : 0);
}

void post_set_flags(struct post *p, int64_t flags)
{
	p->liked = flags & POST_FLAG_LIKED;
	p->can_like = flags & POST_FLAG_CAN_LIKE;
	p->like_final = flags & POST_FLAG_LIKE_FINAL;
	p->can_edit = flags & POST_FLAG_CAN_EDIT;
	p->can_delete = flags & POST_FLAG_CAN_DELETE;
	p->can_recover = flags & POST_FLAG_CAN_RECOVER;
	p->yours = flags & POST_FLAG_YOURS;
	p->hidden = flags & POST_FLAG_HIDDEN;
	p->deleted = flags & POST_FLAG_DELETED;
	p->bookmarked = flags & POST_FLAG_BOOKMARKED;
	p->wiki = flags & POST_FLAG_WIKI;
	p->poll_count = flags & POST_FLAG_POLLS ? 1 : 0;
}
