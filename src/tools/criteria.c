#include "tools/criteria.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "render/command.h"
#include "render/text.h"

enum { COMM_BYTES = 15 };

static bool criterion_holds(const struct criterion *criterion, const struct view *view, size_t row)
{
	struct span text = { 0 };
	int64_t number;

	if (criterion->holds)
		view_text(view, row, criterion->field, &text);
	else if (!view_number(view, row, criterion->field, &number))
		return false;
	for (size_t i = 0; i < criterion->count; i++)
		if (criterion->holds ? criterion->holds(text, criterion->texts[i]) : number == criterion->numbers[i])
			return true;
	return false;
}

/* Against what a person would see of the name or the command line. */
static bool pattern_holds(struct criteria *criteria, const struct view *view, size_t row)
{
	struct span comm;

	if (!criteria->pattern)
		return true;
	buffer_clear(&criteria->text);
	if (criteria->full)
		command_put(&criteria->text, view, row);
	else if (view_text(view, row, TASK_comm, &comm))
		text_put(&criteria->text, comm, SIZE_MAX);
	else
		return false;
	const char *text = buffer_cstr(&criteria->text);
	if (criteria->literal)
		return criteria->exact ? !strcmp(text, criteria->pattern) : strstr(text, criteria->pattern) != NULL;
	return regexec(&criteria->regex, text, 0, NULL, 0) == 0;
}

static bool is_excluded(const struct criteria *criteria, const struct view *view, size_t row)
{
	int64_t pid;

	if (!view_number(view, row, TASK_pid, &pid))
		return true;
	for (size_t i = 0; i < criteria->excluded_count; i++)
		if (criteria->excluded[i] == pid)
			return true;
	return false;
}

/* Whether all criteria hold that are about fields of `known`. */
static bool row_holds(struct criteria *criteria, const struct view *view, size_t row, const struct field_set *known)
{
	int64_t age_ns, state;

	for (const struct criterion *criterion = criteria->list; criterion; criterion = criterion->next)
		if (field_set_has(known, criterion->field) && !criterion_holds(criterion, view, row))
			return false;
	if (criteria->older_ns >= 0 && field_set_has(known, TASK_started_ns) &&
	    (!view_number(view, row, TASK_age_ns, &age_ns) || age_ns < criteria->older_ns))
		return false;
	if (criteria->states && field_set_has(known, TASK_state) &&
	    (!view_number(view, row, TASK_state, &state) || !strchr(criteria->states, (int)state)))
		return false;
	return !field_set_has(known, criteria->full ? TASK_cmdline : TASK_comm) || pattern_holds(criteria, view, row);
}

static void choose(void *context, const struct snapshot *snapshot, bool *chosen)
{
	struct criteria *criteria = context;
	struct view view;
	bool seen = view_init(&view, snapshot, NULL, NULL) == 0;

	for (size_t row = 0; row < snapshot->count; row++)
		chosen[row] = !seen ||
		              (!is_excluded(criteria, &view, row) && row_holds(criteria, &view, row, &criteria->first));
	if (seen)
		view_done(&view);
}

static void decide(struct criteria *criteria)
{
	struct field_set *set = &criteria->decided_by;

	for (const struct criterion *criterion = criteria->list; criterion; criterion = criterion->next)
		field_set_add(set, criterion->field);
	if (criteria->older_ns >= 0 || criteria->newest || criteria->oldest)
		field_set_add(set, TASK_started_ns);
	if (criteria->states)
		field_set_add(set, TASK_state);
	if (!criteria->pattern)
		return;
	field_set_add(set, TASK_comm);
	if (criteria->full) {
		field_set_add(set, TASK_cmdline);
		field_set_add(set, TASK_state);
	}
}

static void request_set(struct request *request, struct field_set *into, const struct field_set *fields)
{
	for (unsigned id = 0; id < TASK_FIELDS; id++)
		if (field_set_has(fields, id))
			request_field(request, into, id);
}

/* What stat says decides first, where anything of it is needed: few processes are then left to look closer at. */
static void plan(struct criteria *criteria, const struct field_set *shown, struct request *request)
{
	bool cheap = false;

	decide(criteria);
	request_set(request, &request->fields, &criteria->decided_by);
	request_set(request, &request->details, shown);
	if (criteria->inverse) {
		field_set_join(&request->fields, &request->details);
		return;
	}
	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		bool first = task_fields[id].from == FROM_STAT || task_fields[id].from == FROM_TTY;
		if (field_set_has(&criteria->decided_by, id) && first && !(criteria->full && id == TASK_comm)) {
			field_set_add(&criteria->first, id);
			cheap = true;
		}
	}
	if (cheap) {
		field_set_join(&request->details, &request->fields);
		request->fields = (struct field_set){ 0 };
		request_set(request, &request->fields, &criteria->first);
	} else {
		criteria->first = criteria->decided_by;
	}
	request->choose = choose;
	request->context = criteria;
	request->only_chosen = true;
}

/* Processes of --pid and --pidfile are looked up directly. */
static void plan_pids(const struct criteria *criteria, struct request *request)
{
	for (const struct criterion *criterion = criteria->list; criterion; criterion = criterion->next) {
		if (criterion->field == TASK_tgid && !criteria->inverse) {
			request->pids = criterion->numbers;
			request->pid_count = criterion->count;
		}
	}
}

/* The parent of a process; 0 when that is not to be seen. */
static int64_t parent_of(const struct criteria *criteria, int64_t pid)
{
	struct request request = { .tasks = true, .pids = &pid, .pid_count = 1 };
	struct look look;
	int64_t parent = 0;

	request_field(&request, &request.fields, TASK_ppid);
	if (look_take(criteria->tool, CRITERIA_FATAL, &criteria->shared.place, &request, &look) == GO_ON &&
	    look.now.count)
		view_number(&look.view, 0, TASK_ppid, &parent);
	look_done(&look);
	return parent;
}

/* We are in no captured tree. */
static int exclude(struct criteria *criteria)
{
	enum { GENERATIONS_MOST = 1024 };
	int64_t pid = criteria->shared.place.root ? 0 : getpid();

	criteria->excluded = calloc(GENERATIONS_MOST, sizeof *criteria->excluded);
	if (!criteria->excluded)
		return -ENOMEM;
	while (pid > 0 && criteria->excluded_count < GENERATIONS_MOST) {
		criteria->excluded[criteria->excluded_count++] = pid;
		pid = criteria->ignore_ancestors ? parent_of(criteria, pid) : 0;
	}
	return 0;
}

/* Of those that started at the same moment, the highest number is the newest. */
static void keep_one(const struct criteria *criteria, struct found *found)
{
	size_t best = 0;
	int64_t started, best_started = -1;

	for (size_t i = 0; i < found->count; i++) {
		if (!view_number(&found->look.view, found->rows[i], TASK_started_ns, &started))
			continue;
		if (criteria->newest ? started >= best_started : best_started < 0 || started < best_started) {
			best = i;
			best_started = started;
		}
	}
	if (found->count) {
		found->rows[0] = found->rows[best];
		found->count = 1;
	}
}

static int filter(struct criteria *criteria, struct found *found)
{
	const struct view *view = &found->look.view;

	found->rows = calloc(found->look.now.count + 1, sizeof *found->rows);
	if (!found->rows)
		return complain(criteria->tool, CRITERIA_FATAL, "%s", strerror(ENOMEM));
	for (uint32_t row = 0; row < found->look.now.count; row++)
		if (!is_excluded(criteria, view, row) &&
		    row_holds(criteria, view, row, &criteria->decided_by) != criteria->inverse)
			found->rows[found->count++] = row;
	if (criteria->newest || criteria->oldest)
		keep_one(criteria, found);
	if (found->count == 0 && criteria->pattern && !criteria->full && strlen(criteria->pattern) > COMM_BYTES) {
		complain(criteria->tool, 1,
		         "pattern that searches for process name longer than %d characters will result in zero matches",
		         COMM_BYTES);
		fprintf(stderr, "Try `%s -f' option to match against the complete command line.\n",
		        criteria->tool->name);
	}
	return GO_ON;
}

int criteria_find(struct criteria *criteria, const struct field_set *shown, struct found *ret)
{
	struct request request = { .tasks = true, .threads = criteria->threads ? ONLY_THREADS : NO_THREADS };

	*ret = (struct found){ 0 };
	plan(criteria, shown, &request);
	plan_pids(criteria, &request);
	if (exclude(criteria) < 0)
		return complain(criteria->tool, CRITERIA_FATAL, "%s", strerror(ENOMEM));
	int status = look_take(criteria->tool, CRITERIA_FATAL, &criteria->shared.place, &request, &ret->look);
	return status == GO_ON ? filter(criteria, ret) : status;
}

void found_done(struct found *found)
{
	free(found->rows);
	look_done(&found->look);
}

static const uint8_t data_ids[] = { TASK_pid, TASK_tgid, TASK_ppid, TASK_started_ns, TASK_comm, TASK_cmdline };

void criteria_data_fields(const struct criteria *criteria, struct field_set *shown)
{
	for (size_t i = 0; criteria->shared.data && i < sizeof data_ids; i++)
		field_set_add(shown, data_ids[i]);
}

void found_put_data(const struct found *found, const struct criteria *criteria, struct buffer *buffer,
                    const uint32_t *rows, size_t count)
{
	data_document(buffer, criteria->shared.data, criteria->tool->name, &found->look.view, rows, count, data_ids,
	              sizeof data_ids);
}
