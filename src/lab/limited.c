#include "lab/limited.h"

#include <unistd.h>

#include "lab/look.h"
#include "lab/words.h"

/* What the child needs besides its own. */
struct entrant {
	struct stage *stage;
	void (*act)(struct peer *peer, void *context);
	void *context;
};

void limited_set(struct stage *stage, enum group_number number, int64_t value)
{
	if (stage_group_write(stage, number, value) < 0)
		stage_skip(stage, N_("this kernel's control groups have no such limit, or it may not be set here"));
}

int64_t limited_get(struct stage *stage, enum group_number number)
{
	int64_t value;

	return stage_group_read(stage, number, &value) < 0 ? UNSEEN : value;
}

void limited_memory(struct stage *stage, int64_t bytes)
{
	limited_set(stage, GROUP_MEMORY_LIMIT, bytes);
	if (bytes >= 0) /* a kernel without accounting of swap has no such number: where there is no swap, no harm */
		stage_group_write(stage, GROUP_SWAP_LIMIT, 0);
}

static void enter(struct peer *peer, void *context)
{
	struct entrant *entrant = context;

	if (stage_group_enter(entrant->stage) < 0)
		stage_skip(entrant->stage, N_("no process may be put into a control group here"));
	entrant->act(peer, entrant->context);
}

void limited_start(struct stage *stage, struct peer *peer, void (*act)(struct peer *peer, void *context), void *context)
{
	struct entrant entrant = { stage, act, context };

	peer_start(stage, peer, enter, &entrant);
}
