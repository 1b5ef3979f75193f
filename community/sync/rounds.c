#include "sync_private.h"

/* Within the same turn they alternate: the start of every list is there before the end of a long one. */
const struct round *const rounds[] = {
	&round_reconcile,
	&round_push,
	&round_session,
	&round_basic,
	&round_site,
	&round_settings,
	&round_bus,
	&round_latest,
	&round_events,
	&round_feed,
	&round_group,
	&round_directory,
	&round_cards,
	&round_own,
	&round_notices,
	&round_inbox,
	&round_sent,
	&round_archive,
	&round_private,
	&round_saved,
	&round_queue,
	&round_reading,
	&round_notice_read,
	&round_drafts,
	&round_draft,
	&round_draft_save,
	&round_draft_drop,
	&round_invitees,
	&round_last_look,
	&round_verify,
	&round_older_now,
	&round_older,
};
const int round_count = sizeof rounds / sizeof rounds[0];
_Static_assert(sizeof rounds / sizeof rounds[0] <= MAX_ROUNDS, "struct sync counts each round");
