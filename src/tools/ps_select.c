/* struct ps_request -> what to ask of the source, and which of its rows are meant. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "tools/ps_cells.h"

/* The simple selections, as conditions that must all hold. */
struct conditions {
	bool mine, my_terminal, no_leader, has_terminal, terminal_or_no_leader;
};

static bool conditions_of(const struct ps_request *request, struct conditions *ret)
{
	unsigned given = request->simple;

	*ret = (struct conditions){ 0 };
	if (!given && !request->prefer_bsd) {
		*ret = (struct conditions){ .mine = true, .my_terminal = true };
		return true;
	}
	if (!request->personality.no_default_g && !(given & (PS_UNIX_A | PS_UNIX_D)))
		given |= PS_BSD_G;
	switch (given) {
	case PS_UNIX_A | PS_UNIX_D:
		ret->terminal_or_no_leader = true;
		return true;
	case PS_UNIX_A:
	case PS_BSD_A:
		*ret = (struct conditions){ .no_leader = true, .has_terminal = true };
		return true;
	case PS_UNIX_D:
	case PS_BSD_A | PS_BSD_X:
		ret->no_leader = true;
		return true;
	case 0:
		*ret = (struct conditions){ .mine = true, .no_leader = true, .has_terminal = true };
		return true;
	case PS_BSD_X:
		*ret = (struct conditions){ .mine = true, .no_leader = true };
		return true;
	case PS_BSD_G:
		*ret = (struct conditions){ .mine = true, .has_terminal = true };
		return true;
	case PS_BSD_G | PS_BSD_A:
		ret->has_terminal = true;
		return true;
	case PS_BSD_G | PS_BSD_X:
		ret->mine = true;
		return true;
	case PS_BSD_G | PS_BSD_A | PS_BSD_X:
		return true;
	default:
		return false;
	}
}

/* -q: looked up at once, in the order given; nothing else may be asked for besides. */
static const char *check_quick(const struct ps_request *request)
{
	size_t quick = 0, lists = 0;

	for (const struct ps_list *list = request->lists; list; list = list->next) {
		quick += list->by == BY_QUICK_PROCESS;
		lists++;
	}
	if (quick > 1)
		return "q/-q/--quick-pid can only be used once.";
	if (quick && lists > quick)
		return "q/-q/--quick-pid cannot be combined with other selection options.";
	if (quick && request->forest != PS_NO_FOREST)
		return "q/-q/--quick-pid cannot be used together with forest type listings.";
	if (quick && request->key_count)
		return "q/-q,--quick-pid cannot be used together with sort options.";
	if (quick && request->deselect)
		return "q/-q/--quick-pid cannot be used together with negation switches.";
	return NULL;
}

const char *ps_selection_check(struct ps_request *request)
{
	struct conditions conditions;

	if (!conditions_of(request, &conditions))
		return "process selection options conflict";
	if ((request->simple & (PS_BSD_A | PS_BSD_X)) == (PS_BSD_A | PS_BSD_X) && !conditions.no_leader) {
		request->all = true;
		request->simple = 0;
	}
	if (request->place.root && !request->simple && !request->lists)
		request->all = true; /* nobody's terminal is there */
	request->conflict = check_quick(request);
	return NULL;
}

static int64_t number_of(const struct snapshot *snapshot, size_t row, unsigned id)
{
	int64_t number = -1;

	snapshot_number(snapshot, row, id, &number);
	return number;
}

static int64_t own_terminal(const struct snapshot *snapshot)
{
	int64_t me = getpid();

	for (size_t row = 0; row < snapshot->count; row++)
		if (number_of(snapshot, row, TASK_pid) == me)
			return number_of(snapshot, row, TASK_tty_dev);
	return 0;
}

struct chooser {
	const struct ps_request *request;
	const struct snapshot *snapshot;
	struct conditions conditions;
	int64_t me, my_terminal;
};

static bool fits_conditions(const struct chooser *c, size_t row)
{
	const struct conditions *is = &c->conditions;
	bool leader = number_of(c->snapshot, row, TASK_sid) == number_of(c->snapshot, row, TASK_tgid);
	int64_t terminal = number_of(c->snapshot, row, TASK_tty_dev);

	if (is->mine && number_of(c->snapshot, row, TASK_euid) != c->me)
		return false;
	if (is->my_terminal && terminal != c->my_terminal)
		return false;
	if (is->terminal_or_no_leader && leader && terminal <= 0)
		return false;
	return !(is->no_leader && leader) && !(is->has_terminal && terminal <= 0);
}

enum { NAME_KEPT = 15 }; /* bytes of its name that the kernel keeps */

static bool is_command(struct span name, struct span wanted)
{
	if (name.len == NAME_KEPT && wanted.len > NAME_KEPT)
		wanted.len = NAME_KEPT;
	return span_equal(name, wanted);
}

static bool is_terminal(const struct chooser *c, size_t row, const struct ps_member *member)
{
	struct span name;

	if (member->number != PS_NAMED_TERMINAL) {
		int64_t wanted = member->number == PS_OWN_TERMINAL ? c->my_terminal : member->number;
		return number_of(c->snapshot, row, TASK_tty_dev) == wanted;
	}
	if (!snapshot_text(c->snapshot, row, TASK_tty, &name))
		return false;
	if (span_equal(name, member->name))
		return true;
	struct span start = span_starts(name, SPAN("pts/")) ? SPAN("pts/") : SPAN("tty");
	return span_starts(name, start) && span_equal(span_skip(name, start.len), member->name);
}

static unsigned field_of(enum ps_by by)
{
	static const unsigned fields[] = {
		[BY_PROCESS] = TASK_tgid,    [BY_QUICK_PROCESS] = TASK_tgid,
		[BY_PARENT] = TASK_ppid,     [BY_GROUP_OF_PROCESSES] = TASK_pgid,
		[BY_SESSION] = TASK_sid,     [BY_USER] = TASK_euid,
		[BY_REAL_USER] = TASK_ruid,  [BY_GROUP] = TASK_egid,
		[BY_REAL_GROUP] = TASK_rgid, [BY_TERMINAL] = TASK_tty_dev,
		[BY_COMMAND] = TASK_comm,
	};

	return fields[by];
}

static bool is_listed(const struct chooser *c, size_t row, const struct ps_list *list)
{
	struct span name = { 0 };
	int64_t number = 0;

	if (list->by == BY_COMMAND)
		snapshot_text(c->snapshot, row, TASK_comm, &name);
	else
		number = number_of(c->snapshot, row, field_of(list->by));
	for (size_t i = 0; i < list->count; i++) {
		const struct ps_member *member = &list->members[i];
		if (list->by == BY_COMMAND  ? is_command(name, member->name) :
		    list->by == BY_TERMINAL ? is_terminal(c, row, member) :
		                              number == member->number)
			return true;
	}
	return false;
}

static bool is_wanted(const struct chooser *c, size_t row)
{
	const struct ps_request *request = c->request;
	bool wanted = request->all;

	if (!wanted && (request->simple || !request->lists))
		wanted = fits_conditions(c, row);
	for (const struct ps_list *list = request->lists; list && !wanted; list = list->next)
		wanted = is_listed(c, row, list);
	if (wanted && request->running) {
		int64_t state = number_of(c->snapshot, row, TASK_state);
		wanted = state == 'R' || state == 'D';
	}
	return wanted != request->deselect;
}

static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	const struct ps_selection *selection = context;
	const struct ps_request *request = selection->request;
	struct chooser c = { request, snapshot, { 0 }, geteuid(), own_terminal(snapshot) };
	bool process = false;

	conditions_of(request, &c.conditions);
	for (size_t row = 0; row < snapshot->count; row++) {
		bool thread = number_of(snapshot, row, TASK_is_thread) == 1;
		if (request->threads == PS_BELOW_PROCESS && thread)
			chosen[row] = process;
		else
			chosen[row] = process = is_wanted(&c, row);
	}
}

static void need(struct request *ret, struct field_set *set, unsigned field)
{
	request_field(ret, set, field);
}

/* What choose() looks at. */
static void need_to_choose(const struct ps_request *request, struct request *ret)
{
	static const unsigned simple[] = { TASK_euid, TASK_tty_dev, TASK_sid };

	if (request->running)
		need(ret, &ret->fields, TASK_state);
	if (request->all)
		return;
	if (request->simple || !request->lists)
		for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
			need(ret, &ret->fields, simple[i]);
	for (const struct ps_list *list = request->lists; list; list = list->next) {
		need(ret, &ret->fields, field_of(list->by));
		if (list->by == BY_TERMINAL)
			need(ret, &ret->fields, TASK_tty);
	}
}

static bool is_date(const struct ps_column *column)
{
	return column->cell == ps_cell_started_short || column->cell == ps_cell_started_day ||
	       column->cell == ps_cell_started_bsd || column->cell == ps_cell_started_long;
}

static void need_for_cell(const struct ps_request *request, const struct ps_column *column, struct request *ret,
                          struct field_set *set)
{
	bool name = column->cell == ps_cell_name, arguments = column->cell == ps_cell_arguments;

	for (size_t i = 0; i < column->read_count; i++)
		if (!(column->reads[i] == TASK_cmdline && request->own_names))
			need(ret, set, column->reads[i]);
	if (name && request->full_names)
		need(ret, set, TASK_cmdline);
	if ((name || arguments) && request->environment)
		need(ret, set, TASK_environ);
	if (is_date(column))
		request_machine(ret, MACHINE_booted_s);
	if (column->cell == ps_cell_memory_percent)
		request_machine(ret, MACHINE_mem_total_bytes);
}

/* What the page is made of. */
static void need_to_show(const struct ps_request *request, struct request *ret, struct field_set *set)
{
	bool forest = request->forest != PS_NO_FOREST;

	for (size_t i = 0; i < request->shown_count; i++) {
		const struct ps_column *column = &request->shown[i].column;
		if (column->fit != LITERAL && column->cell != ps_cell_nothing)
			need_for_cell(request, column, ret, set);
		if (column->fit == PIDS)
			request_machine(ret, MACHINE_pid_max);
	}
	for (size_t i = 0; i < request->key_count; i++)
		for (size_t k = 0; k < request->keys[i].column->read_count; k++)
			need(ret, set, request->keys[i].column->reads[k]);
	if (forest)
		need(ret, set, TASK_ppid);
	if (forest || request->threads == PS_BELOW_PROCESS)
		need(ret, set, TASK_started_ns);
	need(ret, set, TASK_pid);
	need(ret, set, PS_PROOF);
}

static int compare(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

/* Lists of process ids alone: these processes are looked up, and nobody else. */
static int take_pids(struct ps_selection *selection, struct request *ret)
{
	size_t count = 0, unique = 0;

	for (const struct ps_list *list = selection->request->lists; list; list = list->next) {
		if (list->by != BY_PROCESS && list->by != BY_QUICK_PROCESS)
			return 0;
		count += list->count;
	}
	selection->pids = calloc(count, sizeof *selection->pids);
	if (!selection->pids)
		return -ENOMEM;
	count = 0;
	for (const struct ps_list *list = selection->request->lists; list; list = list->next)
		for (size_t i = 0; i < list->count; i++)
			selection->pids[count++] = list->members[i].number;
	qsort(selection->pids, count, sizeof *selection->pids, compare);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || selection->pids[i] != selection->pids[i - 1])
			selection->pids[unique++] = selection->pids[i];
	ret->pids = selection->pids;
	ret->pid_count = unique;
	return 0;
}

int ps_selection_make(struct ps_selection *selection, const struct ps_request *request, struct request *ret)
{
	bool sorted = request->key_count || request->forest != PS_NO_FOREST;

	*selection = (struct ps_selection){ .request = request };
	*ret = (struct request){ .tasks = true };
	if (request->threads == PS_LOOSE_THREADS || (request->threads != PS_NO_THREADS && !sorted))
		ret->threads = OTHER_THREADS;
	if (request->all && !request->running && !request->deselect) {
		need_to_show(request, ret, &ret->fields);
		return 0;
	}
	if (request->lists && !request->simple && !request->all && !request->deselect) {
		int r = take_pids(selection, ret);
		if (r < 0)
			return r;
		if (ret->pids && !request->running) {
			need_to_show(request, ret, &ret->fields);
			return 0;
		}
	}
	need_to_choose(request, ret);
	need_to_show(request, ret, &ret->details);
	ret->choose = choose;
	ret->context = selection;
	ret->only_chosen = true;
	return 0;
}

void ps_selection_done(struct ps_selection *selection)
{
	free(selection->pids);
}
