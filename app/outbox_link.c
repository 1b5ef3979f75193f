#include "outbox_link.h"

#include "program.h"
#include "stack.h"

enum { WaitMs = 300 };

static void post(void *self, const struct sync_intent *i)
{
	struct program *p = self;
	p->posted = network_post(&p->network, i);
}

static void save(void *self, const struct change *c)
{
	post(self, &(struct sync_intent){.kind = SYNC_DRAFT, .change = *c});
}

static void send(void *self, const struct change *c)
{
	post(self, &(struct sync_intent){.kind = SYNC_SEND, .change = *c});
}

static void wait(void *self)
{
	struct program *p = self;
	stack_changed(p->ctx.stack, network_wait(&p->network, p->posted, WaitMs));
}

static void undo(void *self, int64_t id)
{
	post(self, &(struct sync_intent){.kind = SYNC_UNDO, .id = id});
}

static void try_again(void *self, int64_t id)
{
	post(self, &(struct sync_intent){.kind = SYNC_TRY_AGAIN, .id = id});
}

static void keep_draft(void *self, int64_t id)
{
	post(self, &(struct sync_intent){.kind = SYNC_KEEP_DRAFT, .id = id});
}

static void drop(void *self, int64_t id)
{
	post(self, &(struct sync_intent){.kind = SYNC_DROP, .id = id});
}

static void settle(void *self, int64_t id, bool theirs)
{
	post(self, &(struct sync_intent){.kind = SYNC_SETTLE_DRAFT, .id = id, .number = theirs});
}

static void note(void *self, int kind, int64_t id, const char *text)
{
	post(self, &(struct sync_intent){.kind = SYNC_NOTE, .number = kind, .id = id, .value = text});
}

static void guide(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
	post(self, &(struct sync_intent){.kind = SYNC_GUIDE, .id = event_id, .time_ms = starts_ms, .name = part,
		.value = text});
}

static void agree(void *self, int64_t category_id, const char *text, int64_t when_ms)
{
	post(self, &(struct sync_intent){.kind = SYNC_AGREE, .id = category_id, .value = text, .time_ms = when_ms});
}

static void remind(void *self, int64_t event_id, int minutes)
{
	post(self, &(struct sync_intent){.kind = SYNC_REMINDER, .id = event_id, .number = minutes});
}

const struct outbox_port outbox_link_port = {.save = save, .send = send, .wait = wait, .undo = undo,
	.try_again = try_again,
	.keep_draft = keep_draft, .drop = drop, .settle = settle, .remind = remind, .note = note, .guide = guide,
	.agree = agree};
